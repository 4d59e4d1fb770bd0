"""What was sent by the form that residents and typists fill: read without losing anything, to keep or to show again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID, uuid4

from django.http import QueryDict

from comptoir.participation.enums import Channel, QuestionKind
from comptoir.participation.models import SurveyQuestion
from comptoir.participation.reading import conditions_of, said_of

SENDING, CHANNEL, QUESTIONS = "envoi", "par", "questions"


@dataclass(slots=True)
class Field:
    """A question as the form draws it: what was typed stands in it again."""

    question: SurveyQuestion
    number: int
    condition: str
    parent: str
    options: list[tuple[int, str, bool]] = field(default_factory=list)
    text: str = ""
    error: str = ""

    @property
    def several(self) -> bool:
        return self.question.kind == QuestionKind.SEVERAL

    @property
    def words(self) -> bool:
        return self.question.kind == QuestionKind.WORDS

    @property
    def usual(self) -> bool:
        """Its answers are those of every question of its kind: they are translated."""
        return self.question.kind in {QuestionKind.SCALE, QuestionKind.CHANGE}

    @property
    def scale(self) -> bool:
        return self.question.kind == QuestionKind.SCALE


def fields_of(questions: Sequence[SurveyQuestion], data: Mapping[str, Sequence[str]] | None = None) -> list[Field]:
    """The questions in order, filled with what was sent."""
    sent = data or {}
    codes = {one.pk: one.code for one in questions}
    conditions = conditions_of(questions)
    found = []
    for number, one in enumerate(questions, 1):
        typed = sent.get(one.code, ())
        ticked = _ranks(typed)
        options = [(rank, said_of(one, str(label)), rank in ticked) for rank, label in enumerate(one.options)]
        parent = codes.get(one.only_if_id, "") if one.only_if_id else ""
        text = typed[0] if typed and one.kind == QuestionKind.WORDS else ""
        found.append(Field(one, number, conditions[one.pk], parent, options, text))
    return found


def typed(data: QueryDict) -> dict[str, list[str]]:
    return {key: [str(value) for value in values] for key, values in data.lists()}


def boxes(questions: Sequence[SurveyQuestion], data: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    return {one.code: sorted(_ranks(data.get(one.code, ()))) for one in questions if one.kind != QuestionKind.WORDS}


def words(questions: Sequence[SurveyQuestion], data: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {
        one.code: "\n".join(data[one.code]) for one in questions if one.kind == QuestionKind.WORDS and one.code in data
    }


def _ranks(values: Sequence[str]) -> set[int]:
    return {int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 4}


def sending_of(data: QueryDict) -> UUID:
    """The identity made on the device; a new one where the form has lost it."""
    try:
        return UUID(data.get(SENDING, ""))
    except ValueError:
        return uuid4()


def channel_of(data: QueryDict) -> Channel:
    return Channel.QR if data.get(CHANNEL) == Channel.QR else Channel.LINK


def digest_of(questions: Sequence[SurveyQuestion]) -> str:
    """Changes when a question changes: a page opened before is told so, and loses nothing of what was typed."""
    said = repr([(one.code, one.kind, one.text, one.options, one.only_if_id, one.only_if_option) for one in questions])
    return sha256(said.encode()).hexdigest()[:16]
