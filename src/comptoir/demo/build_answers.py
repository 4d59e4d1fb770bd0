"""Answers to what is published, the codes of those who spoke in spring, and the public page, open."""

from comptoir.accounts.models import Actor
from comptoir.commitments import actions as commitments
from comptoir.commitments.models import Commitment
from comptoir.demo.content.answers import ANSWERS, WELCOME, WHERE_TO_SPEAK, DemoAnswer
from comptoir.portal.public.actions import set_public_page
from comptoir.voices import actions as voices
from comptoir.voices.models import Occasion, Statement
from comptoir.workshops.published import published_lines

SPRING = "Comptoir de printemps"


def build_answers(lead: Actor) -> None:
    """Some lines answered of each kind, one answer that waits, most of them never answered yet."""
    for content in ANSWERS:
        _answer(lead, content, [_line(lead, wording) for wording in content.lines])
    for occasion in Occasion.objects.filter(comptoir__workshop__title__startswith=SPRING, space=lead.space):
        voices.give_codes(actor=lead, occasion=occasion)
    set_public_page(actor=lead, opened=True, welcome=WELCOME, where_to_speak=WHERE_TO_SPEAK, announces=True)


def _line(lead: Actor, wording: str) -> Statement:
    return next(row.statement for row in published_lines(lead.space).order_by("pk") if row.wording == wording)


def _answer(lead: Actor, content: DemoAnswer, lines: list[Statement]) -> None:
    if content.commitment:
        found = Commitment.objects.get(space=lead.space, wording__text__startswith=content.commitment)
        for line in lines:
            commitments.link(actor=lead, commitment=found, statement=line)
    written = voices.answer(
        actor=lead, lines=lines, kind=content.kind, reasons=content.reasons, decided_by=content.decided_by,
        decided_on=content.decided_on,
    )  # fmt: skip
    if content.published:
        voices.publish_answers(actor=lead, answers=written, reread=True)
