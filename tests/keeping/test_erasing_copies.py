"""An erasure reaches the public copy of the words too (design, invariant 1)."""

from datetime import date

import pytest

from comptoir.accounts.models import Actor
from comptoir.keeping.erasing import TOMBSTONE, erase_words
from comptoir.participation.actions import add_question, write_survey
from comptoir.participation.models import SurveyWord
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, decide_mask, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import Mask
from comptoir.workshops.published import public_texts, published_lines

pytestmark = pytest.mark.django_db
NAMED = "Mme Roudier du hall C m'a dépannée un dimanche"


def test_the_public_copy_of_erased_words_is_the_tombstone(lead: Actor) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir", held_on=date(2026, 3, 1))
    heading = add_comptoir(
        actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS
    ).occasion.headings.order_by("position")[0]
    line = voices.add_note(actor=lead, heading=heading, words=NAMED, tally=3)
    other = voices.add_note(actor=lead, heading=heading, words="Voir Karim Benali, au gymnase")
    version = validate(actor=lead, workshop=workshop)
    decide_mask(actor=lead, version=version, statement_id=line.pk, text="[nom] m'a dépannée un dimanche")
    decide_mask(actor=lead, version=version, statement_id=other.pk, text="Voir [nom], au gymnase")
    leave_others(actor=lead, version=version)
    publish(actor=lead, version=version)
    assert not erase_words(lead.space, line.code, do=False).done
    assert sorted(public_texts(published_lines(lead.space)).values()) == [
        "Voir [nom], au gymnase", "[nom] m'a dépannée un dimanche",
    ]  # fmt: skip
    erase_words(lead.space, line.code, do=True)
    assert sorted(public_texts(published_lines(lead.space)).values()) == ["Voir [nom], au gymnase", TOMBSTONE]
    assert not Mask.objects.filter(text__contains="dépannée").exists()
    assert published_lines(lead.space).get(statement=line).occurrences == 3


def test_a_survey_that_holds_the_same_words_is_told(lead: Actor) -> None:
    """Its words are tied to nobody: the team erases them on their page; here one learns that they are there."""
    survey = write_survey(actor=lead, title="Votre quartier")
    question = add_question(actor=lead, survey=survey, kind="words", text="Qui vous aide ?")
    SurveyWord.objects.create(question=question, text=NAMED)
    workshop = open_workshop(actor=lead, title="Comptoir")
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    line = voices.add_note(actor=lead, heading=occasion.headings.order_by("position")[0], words=NAMED)
    assert any("L'enquête « Votre quartier »" in one for one in erase_words(lead.space, line.code, do=False).left)
