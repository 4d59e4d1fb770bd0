"""The facts of commitments and their state, many at once: two queries, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, DateField, F, IntegerField, Q, Value
from django.db.models.functions import Cast

from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInReply, CheckInRequest, Commitment, Decision, Evidence
from comptoir.commitments.state import Asked, Facts, Outcome, Proof, State, state_of
from comptoir.commitments.state import Decision as Decided
from comptoir.contracts.models import CityContract, Contact, Referent, Substitute


@dataclass(slots=True)
class _Told:
    """What the rows say of one commitment."""

    proofs: list[Proof] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


_NOTHING = _Told()


def referents_of(commitments: Sequence[Commitment], *, on: date) -> dict[UUID, Contact]:
    """Who answers for each: the person named for it, else the referent of its unit, else that of its signatory.

    Two queries at most; one where no person is named, or where they came along (`with_words`).
    """
    terms = (
        Referent.objects.on(on)
        .filter(signatory__in={c.signatory_id for c in commitments}, contact__withdrawn_at=None)
        .select_related("contact")
        .order_by("starts_on", "pk")
    )
    by_place = {(term.signatory_id, term.unit_id): term.contact for term in terms}
    found = {}
    for c in commitments:
        named = c.contact if c.contact and c.contact.withdrawn_at is None else None
        contact = named or by_place.get((c.signatory_id, c.unit_id)) or by_place.get((c.signatory_id, None))
        if contact:
            found[c.pk] = contact
    return found


def substitutes_of(commitments: Sequence[Commitment], *, on: date) -> dict[UUID, Contact]:
    """Who stands in, that day, for the person who answers for each. Three queries at most."""
    answering = referents_of(commitments, on=on)
    terms = (
        Substitute.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, contact__withdrawn_at=None,
            referent__in=Referent.objects.on(on).filter(contact__in=answering.values()),
        )
        .select_related("contact__signatory__organisation", "referent")
        .order_by("-starts_on", "-pk")
    )  # fmt: skip
    by_person = {term.referent.contact_id: term.contact for term in terms}
    return {commitment: by_person[contact.pk] for commitment, contact in answering.items() if contact.pk in by_person}


def states_of(
    commitments: Sequence[Commitment], *, on: date, referents: dict[UUID, Contact] | None = None,
    contract: CityContract | None = None,
) -> dict[UUID, State]:  # fmt: skip
    """The state of each commitment on a day. `referents`: where they are already known. `contract`: the one that all
    of them are of, where they are most of it; the database is then not told each of them."""
    found = facts_of(commitments, on=on, referents=referents, contract=contract)
    return {pk: state_of(facts, on=on) for pk, facts in found.items()}


def facts_of(
    commitments: Sequence[Commitment], *, on: date, referents: dict[UUID, Contact] | None = None,
    contract: CityContract | None = None,
) -> dict[UUID, Facts]:  # fmt: skip
    """What is known of each commitment."""
    if not commitments:
        return {}
    if referents is None:
        referents = referents_of(commitments, on=on)
    # A subquery, not a join: SQLite then goes from the commitments to their facts, whatever it knows of the tables.
    whole = Commitment.objects.filter(contract=contract).values("pk")
    told = _told(Q(commitment__in=whole if contract else [c.pk for c in commitments]))
    return {c.pk: _facts(c, c.pk in referents, told.get(c.pk.hex, _NOTHING)) for c in commitments}


def _facts(c: Commitment, has_referent: bool, told: _Told) -> Facts:
    return Facts(
        has_referent, c.due_on, bool(c.measure), bool(c.expected_proof), c.first_year, c.last_year,
        tuple(told.proofs), tuple(told.decisions), tuple(told.asked),
    )  # fmt: skip


def _rows(rows: Any, kind: str, day: str, answered: Any, word: Any, flag: Any, year: Any) -> Any:
    """One kind of fact as a line of the union: kind, commitment, day, answered on, word, flag, year."""
    nothing = Cast(Value(None), DateField())
    told = rows.order_by().annotate(
        told=Value(kind, CharField()), about=Cast(F("commitment_id"), CharField()), day=Cast(F(day), DateField()),
        answered=Cast(F(answered), DateField()) if answered else nothing,
        word=Cast(word, CharField()), flag=Cast(flag, BooleanField()), of=Cast(year, IntegerField()),
    )  # fmt: skip
    return told.values_list("told", "about", "day", "answered", "word", "flag", "of")


def _told(about: Q) -> dict[str, _Told]:
    """Proofs, decisions, requests that went out and answers that nobody had asked for, in one query.

    By the commitment's identity in hexadecimal: making one of each row would cost as much as reading it.
    """
    blank, no, none = Value(""), Value(False), Value(None)
    proofs = _rows(
        Evidence.objects.filter(about, withdrawn_at=None, confirmed_on__isnull=False),
        "proof", "confirmed_on", None, blank, F("whole"), F("year"),
    )  # fmt: skip
    decisions = _rows(
        Decision.objects.filter(about, withdrawn_at=None),
        "decision", "decided_on", None, F("outcome"), no, F("year"),
    )  # fmt: skip
    went_out = (Delivery.SENT, Delivery.FAILED)
    # Said by what did not go out: asked for those that did, SQLite reads them all, of the whole instance, by an index.
    kept_back = [one for one in Delivery if one not in went_out]
    requests = _rows(
        CheckInRequest.objects.filter(about).exclude(delivery__in=kept_back),
        "asked", "send_on", "reply__answered_on", F("delivery"), no, none,
    )  # fmt: skip
    unasked = _rows(
        CheckInReply.objects.filter(about, Q(request=None) | ~Q(request__delivery__in=went_out)),
        "told", "answered_on", None, blank, no, none,
    )  # fmt: skip
    found: dict[str, _Told] = defaultdict(_Told)
    rows = proofs.union(decisions, requests, unasked, all=True).order_by("about", "told", "day")
    for kind, commitment, day, answered_on, word, flag, year in rows:
        of = found[commitment.replace("-", "")]
        match kind:
            case "proof":
                of.proofs.append(Proof(day, bool(flag), year))
            case "decision":
                of.decisions.append(Decided(Outcome(word), day, year))
            case "asked":
                of.asked.append(Asked(day, word == Delivery.SENT, answered_on))
            case _:
                of.asked.append(Asked(day, answered_on=day))
    return found
