"""The independent note: its author's alone, beside the frozen state, never rewritten."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.models import OutsideNote, Restitution
from comptoir.kit.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)


@pytest.fixture
def state(study: Study) -> Restitution:
    return actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="free", name="Point", on=TODAY)


def test_the_team_can_neither_write_nor_disown_it(study: Study, state: Restitution) -> None:
    for role in set(Role) - {Role.EVALUATOR}:
        with pytest.raises(Refused):
            actions.write_outside_note(actor=study.who(role), restitution=state, text="Bien", on=TODAY)
    author = study.who(Role.EVALUATOR)
    note = actions.write_outside_note(actor=author, restitution=state, text="Trop peu de chiffres.", on=TODAY)
    for actor in (study.lead, study.who(Role.EVALUATOR)):
        if actor.person_id != author.person_id:
            with pytest.raises(Refused):
                actions.disown_outside_note(actor=actor, note=note, on=TODAY)
    actions.disown_outside_note(actor=author, note=note, on=TODAY)
    assert OutsideNote.objects.get().text == "Trop peu de chiffres."
    with pytest.raises(Invalid):
        actions.write_outside_note(actor=author, restitution=state, text=" ", on=TODAY)


def test_everybody_reads_it_beside_the_state(
    study: Study, state: Restitution, client_for: Callable[[Actor], Any]
) -> None:
    slug, code = study.lead.space.slug, study.evaluation.code
    browser = client_for(study.who(Role.EVALUATOR))
    browser.post(reverse("outside_note_new", args=(slug, code, 1)), {"text": "Trop peu de chiffres."})
    page = client_for(study.who(Role.READER)).get(reverse("restitution", args=(slug, code, 1))).content.decode()
    assert "Trop peu de chiffres." in page
    assert "ne peut pas modifier cette note" in page
    assert "Dire qu" not in page
    browser.post(reverse("outside_note_disown", args=(slug, code, 1, OutsideNote.objects.get().pk)))
    page = browser.get(reverse("restitution", args=(slug, code, 1))).content.decode()
    assert "ne vaut plus depuis le" in page
    state.refresh_from_db()
    assert "Trop peu" not in str(state.content)
