"""The votes on the questions of an evaluation, as they may be told: docs/concepts/evaluation.md (« Petits nombres »).

A choice made on line stays between a person and the count; hands raised in a room were seen by the room.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, IntegerField, Q, UUIDField, Value
from django.db.models.functions import Cast

from comptoir.accounts.models import Actor
from comptoir.analysis.public_copy.origins import THRESHOLD
from comptoir.disclosure.models import SpaceRule
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import EvaluativeQuestion, QuestionVoice, RoomVoices
from comptoir.evaluation.state import Share, shares

_COLUMNS = ("told", "about", "whose", "many", "own")


@dataclass(frozen=True, slots=True)
class Votes:
    """`mine`: what the reader chose. `hands`: raised in rooms, by question. `masked`: the colleges of which so few
    people chose on line that their number would tell who did; `threshold`: from how many they are told."""

    shares: Mapping[UUID, Share]
    mine: frozenset[UUID] = frozenset()
    hands: Mapping[UUID, Mapping[College, int]] = field(default_factory=dict)
    masked: tuple[College, ...] = ()
    threshold: int = THRESHOLD

    def percent(self, question: UUID) -> int | None:
        """The share of a question in hundredths. None where a college is masked: it would give its voices back."""
        return None if self.masked else round(self.shares[question].share * 100)

    def colleges(self, question: UUID) -> list[tuple[str, int, int | None]]:
        """Each college that chose it: its name, its voices, its share in hundredths. Of a college that is masked, its
        hands alone, without a share."""
        found: list[tuple[str, int, int | None]] = []
        for college, (number, part) in self.shares[question].by_college.items():
            hands = self.hands.get(question, {}).get(college, 0)
            if college in self.masked:
                found += [(str(college.label), hands, None)] if hands else []
            elif number:
                found.append((str(college.label), number, round(part * 100)))
        return found


def votes_of(actor: Actor, questions: Sequence[EvaluativeQuestion]) -> Votes:
    """One query, whatever the number of questions. A masked college counts in the shares all the same."""
    voices: list[tuple[UUID, College, int]] = []
    mine: set[UUID] = set()
    hands: dict[UUID, dict[College, int]] = defaultdict(dict)
    voters: dict[College, int] = {}
    threshold = THRESHOLD
    for told, about, whose, many, own in _rows(actor, questions):
        if told == "threshold":
            threshold = many
        elif told == "voters":
            voters[College(whose)] = many
        else:
            voices.append((about, College(whose), many))
            if told == "hands":
                hands[about][College(whose)] = many
            elif own:
                mine.add(about)
    masked = tuple(college for college in College if 0 < voters.get(college, 0) < threshold)
    return Votes(shares(voices, [one.pk for one in questions]), frozenset(mine), hands, masked, threshold)


def _rows(actor: Actor, questions: Sequence[EvaluativeQuestion]) -> list[tuple[str, UUID, str, int, int]]:
    online = QuestionVoice.objects.filter(question__in=questions)
    rooms = RoomVoices.objects.filter(question__in=questions)
    rules = SpaceRule.objects.filter(space=actor.space)
    college, nowhere = Cast(F("college"), CharField()), Cast(Value(None), UUIDField())
    none = Value(0, IntegerField())
    by_question = _lines(online, "online", F("question_id"), college).annotate(
        many=Count("pk"), own=Count("pk", filter=Q(person=actor.person_id))
    )
    voters = _lines(online, "voters", nowhere, college).annotate(many=Count("person", distinct=True), own=none)
    raised = _lines(rooms, "hands", F("question_id"), college).annotate(many=F("number"), own=none)
    rule = _lines(rules, "threshold", nowhere, Value("", CharField())).annotate(many=F("threshold"), own=none)
    first, *others = (lines.values_list(*_COLUMNS) for lines in (by_question, voters, raised, rule))
    return list(first.union(*others, all=True).order_by("told", "about", "whose"))


def _lines(rows: Any, kind: str, about: Any, whose: Any) -> Any:
    return rows.order_by().annotate(told=Value(kind, CharField()), about=about, whose=whose).values(*_COLUMNS[:3])
