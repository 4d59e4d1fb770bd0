"""What changed on a contract, and who keeps it up to date, read from the journal: two queries, whatever its length."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max
from django.db.models.functions import TruncMonth
from django.utils import timezone

from comptoir.audit.models import Entry
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import CityContract

FIRST_VISIT = timedelta(days=30)  # what somebody who never said « j'ai vu » is shown
MOST_ENTRIES = 400
MONTHS = 12
# What every member may know: promises, whom is watched and what was asked of whom stay out.
TOLD = {
    "commitments.write": "nouvel engagement",
    "commitments.change": "précisé",
    "commitments.reword": "récrit",
    "commitments.set_means": "moyens écrits",
    "commitments.sign_off": "accord du signataire",
    "commitments.give_evidence": "pièce jointe",
    "commitments.confirm": "pièce confirmée",
    "commitments.withdraw_evidence": "pièce retirée",
    "commitments.decide": "décision d'une instance",
    "commitments.reply_to_decision": "réponse du signataire",
    "commitments.tell_news": "nouvelles données",
    "commitments.reply": "point d'étape",
    "commitments.link": "relié à ce qui a été dit",
    "commitments.raise_flag": "drapeau posé",
    "commitments.answer_flag": "réponse à un drapeau",
    "commitments.put_back": "remis au tableau",
    "commitments.take_snapshot": "tableau arrêté",
    "commitments.hold_review": "revue du tableau tenue",
}
# Keeping the table up to date: what one's own lines are made of. Reading it or asking about it is not.
UPDATES = frozenset(TOLD) - {"commitments.link", "commitments.raise_flag", "commitments.take_snapshot"}


@dataclass(slots=True)
class Changed:
    """One commitment (None: the table itself) and what was done to it since, in words, the latest first."""

    commitment: Commitment | None
    at: datetime
    said: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)


def changes_since(
    contract: CityContract, commitments: Mapping[UUID, Commitment], *, since: datetime | None, but: UUID | None
) -> list[Changed]:
    """What others did since a moment, one row a commitment, the latest first. `but` is the person who reads."""
    after = since or timezone.now() - FIRST_VISIT
    entries = Entry.objects.filter(within_id=contract.pk, at__gt=after, action__in=TOLD).order_by("-at", "-pk")
    rows = entries.values_list("object_id", "action", "organisation", "actor_id", "at")[:MOST_ENTRIES]
    found: dict[UUID | None, Changed] = {}
    for thing, action, organisation, actor, at in rows:
        commitment = commitments.get(thing)
        own = actor is not None and actor == but
        if own or (commitment is None and action not in {"commitments.take_snapshot", "commitments.hold_review"}):
            continue
        changed = found.setdefault(commitment.pk if commitment else None, Changed(commitment, at))
        for words, kept in ((TOLD[action], changed.said), (organisation, changed.by)):
            if words and words not in kept:
                kept.append(words)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Keeper:
    """An organisation that keeps its part of the table up to date: how many updates in twelve months, the last day."""

    organisation: str
    updates: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Month:
    """How many organisations updated something in a month. `x`, `y`, `height` place its column, `text_y` its number."""

    first: date
    organisations: int
    x: str
    y: str
    height: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps the table up to date, the latest first; and the same over the last twelve months."""

    keepers: list[Keeper]
    months: list[Month]


def keeping_of(contract: CityContract, *, on: date) -> Keeping:
    """By organisation, never by person."""
    months = list(_months(on))
    rows = (
        Entry.objects.filter(
            within_id=contract.pk, action__in=UPDATES,
            at__gte=timezone.make_aware(datetime.combine(months[0], datetime.min.time())),
        )
        .exclude(organisation="")
        .annotate(month=TruncMonth("at"))
        .values_list("organisation", "month")
        .annotate(n=Count("pk"), last=Max("at"))
        .order_by("organisation", "month")
    )  # fmt: skip
    updates: dict[str, int] = defaultdict(int)
    last: dict[str, date] = {}
    present: dict[date, set[str]] = defaultdict(set)
    for organisation, month, n, at in rows:
        updates[organisation] += n
        last[organisation] = max(last.get(organisation, date.min), timezone.localtime(at).date())
        present[timezone.localtime(month).date()].add(organisation)
    keepers = sorted(
        (Keeper(o, n, last[o]) for o, n in updates.items()), key=lambda k: (-k.last_on.toordinal(), k.organisation)
    )
    return Keeping(keepers, _placed(months, {month: len(found) for month, found in present.items()}))


def _months(on: date) -> Iterable[date]:
    """The first days of the last twelve months, that of `on` the last."""
    at = on.year * 12 + on.month - 1
    return (date(n // 12, n % 12 + 1, 1) for n in range(at - MONTHS + 1, at + 1))


def _placed(months: list[date], counted: Mapping[date, int]) -> list[Month]:
    most = max(counted.values(), default=0)
    placed = []
    for rank, first in enumerate(months):
        n = counted.get(first, 0)
        height = 72 * n / most if most else 0
        placed.append(
            Month(
                first, n, f"{100 * rank / MONTHS + 1:.2f}", f"{90 - height:.2f}", f"{height:.2f}", f"{88 - height:.2f}"
            )
        )
    return placed
