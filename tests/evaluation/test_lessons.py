"""What is kept for the next contract, and skills gained: short lists, offered where the next contract is described."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions
from comptoir.evaluation.models import Lesson, Skill
from comptoir.kit.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)


def keep(study: Study, text: str = "Compter dès le premier jour", kind: str = "keep") -> Lesson:
    return actions.keep_lesson(actor=study.lead, evaluation=study.evaluation, kind=kind, text=text, on=TODAY)


def test_those_who_take_part_write_and_readers_read(study: Study, client_for: Callable[[Actor], Any]) -> None:
    slug, code = study.lead.space.slug, study.evaluation.code
    resident = client_for(study.who(Role.COUNCIL_MEMBER))
    resident.post(reverse("lesson_new", args=(slug, code)), {"kind": "stop", "text": "Ne plus décider sans nous"})
    sent = {"step": "judging", "who": "Le conseil citoyen", "text": "Lire un tableau"}
    resident.post(reverse("skill_new", args=(slug, code)), sent)
    page = client_for(study.who(Role.READER)).get(reverse("lessons", args=(slug, code))).content.decode()
    for words in ("À ne plus faire", "Ne plus décider sans nous", "Juger et recommander", "Lire un tableau"):
        assert words in page
    assert "Retirer" not in page
    with pytest.raises(Refused):
        actions.keep_lesson(
            actor=study.who(Role.READER), evaluation=study.evaluation, kind="keep", text="Oui", on=TODAY
        )


def test_the_next_contract_is_offered_what_the_one_before_learnt(
    study: Study, client_for: Callable[[Actor], Any]
) -> None:
    keep(study)
    after = open_contract(actor=study.lead, name="Contrat de 2031")
    browser = client_for(study.who(Role.READER))
    later = browser.get(reverse("contract", args=(study.lead.space.slug, after.code))).content.decode()
    own = browser.get(reverse("contract", args=(study.lead.space.slug, study.contract.code))).content.decode()
    assert "Compter dès le premier jour" in later
    assert "Compter dès le premier jour" not in own


def test_a_lesson_of_another_space_is_offered_nowhere(
    study: Study, stranger: Actor, client_for: Callable[[Actor], Any]
) -> None:
    keep(study)
    theirs = open_contract(actor=stranger, name="Ailleurs")
    page = client_for(stranger).get(reverse("contract", args=(stranger.space.slug, theirs.code)))
    assert "Compter dès" not in page.content.decode()


def test_what_is_withdrawn_leaves_the_lists(study: Study, client_for: Callable[[Actor], Any]) -> None:
    lesson = keep(study)
    skill = actions.log_skill(
        actor=study.lead, evaluation=study.evaluation, step="giving", who="La régie", text="Animer", on=TODAY
    )
    slug, code = study.lead.space.slug, study.evaluation.code
    browser = client_for(study.lead)
    for one in (lesson, skill):
        assert browser.post(reverse("learnt_withdraw", args=(slug, code, one.code))).status_code == 302
        assert browser.post(reverse("learnt_withdraw", args=(slug, code, one.code))).status_code == 404
    assert (Lesson.objects.shown().count(), Skill.objects.filter(withdrawn_at=None).count()) == (0, 0)
    with pytest.raises(Refused):
        actions.withdraw_learnt(actor=study.who(Role.COUNCIL_MEMBER), learnt=keep(study))


def test_what_is_refused(study: Study) -> None:
    with pytest.raises(Invalid, match="à garder"):
        keep(study, kind="perhaps")
    with pytest.raises(Invalid, match="Écrivez"):
        keep(study, text="")
    with pytest.raises(Invalid, match="étape"):
        actions.log_skill(
            actor=study.lead, evaluation=study.evaluation, step="nothing", who="La régie", text="Animer", on=TODAY
        )
