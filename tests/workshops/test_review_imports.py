"""What a hostile review of imports found, held: nothing thrown away, nothing twice unasked, undone with care."""

from collections.abc import Callable
from typing import Any

import pytest
from workshop_samples import NOTES, SYNTHESIS, lines_of

from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict
from comptoir.spaces.models import Job
from comptoir.voices.models import Statement
from comptoir.workshops.actions import confirm_import, open_workshop, receive, set_choices
from comptoir.workshops.actions.imports import PASTED
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Import, Workshop

Bring = Callable[..., Import]
CHOICES: dict[str, Any] = {"title": "Titre", "held_on": None, "speaker_kind": "mixed", "workshop": None, "mapping": {}}


def test_the_introduction_of_a_document_joins_that_of_the_workshop_once(lead: Actor, bring: Bring) -> None:
    workshop = open_workshop(actor=lead, title="Soirée", introduction="Écrite par nous.")
    stray = SYNTHESIS.replace("Trois soirées, trois tables.", "Trois soirées, trois tables.\n\nMerci à la gardienne.")
    for text in (SYNTHESIS, stray, stray):
        bring(lead, text, workshop=workshop)
    workshop.refresh_from_db()
    assert workshop.introduction.splitlines() == [
        "Écrite par nous.", "Trois soirées, trois tables.", "Merci à la gardienne.",
    ]  # fmt: skip


def test_an_introduction_that_has_changed_meanwhile_is_not_written_over(lead: Actor) -> None:
    workshop = open_workshop(actor=lead, title="Soirée")
    source = receive(actor=lead, content=SYNTHESIS.encode())
    source = set_choices(actor=lead, source=source, **{**CHOICES, "workshop": workshop})
    Workshop.objects.filter(pk=workshop.pk).update(introduction="Écrite entre-temps.")
    confirm_import(actor=lead, source=source, back_url="/")
    workshop.refresh_from_db()
    assert workshop.introduction == "Écrite entre-temps.\nTrois soirées, trois tables."


@pytest.mark.parametrize("rows", [1, 600])
def test_the_same_content_sent_twice_is_imported_twice_only_when_asked(rows: int, lead: Actor) -> None:
    text = "Sujet;Colonne;Note\n" + "".join(f"Habitants;Essai;Parole {n}\n" for n in range(rows))
    first, second = (receive(actor=lead, content=text.encode(), name=f"{n}.csv") for n in "ab")
    confirm_import(actor=lead, source=first, back_url="/")
    with pytest.raises(Conflict, match="déjà importé"):
        confirm_import(actor=lead, source=second, back_url="/")
    second.refresh_from_db()
    assert (second.state, Workshop.objects.count(), Job.objects.count()) == (ImportState.PREVIEW, 1, rows // 600)
    confirm_import(actor=lead, source=second, back_url="/", again=True)
    assert Workshop.objects.count() == 2


def test_an_import_that_was_undone_or_is_elsewhere_is_no_twin(lead: Actor, stranger: Actor) -> None:
    from comptoir.workshops.actions import void_import

    mine, again, theirs = (receive(actor=actor, content=NOTES.encode()) for actor in (lead, lead, stranger))
    confirm_import(actor=lead, source=mine, back_url="/")
    confirm_import(actor=stranger, source=theirs, back_url="/")
    void_import(actor=lead, source=mine)
    confirm_import(actor=lead, source=again, back_url="/")
    assert Statement.objects.live().filter(space=lead.space).count() == 4


def test_a_cleared_title_gives_back_the_one_that_was_proposed(lead: Actor, bring: Bring) -> None:
    proposed = receive(actor=lead, content=b"- Un banc\n").title
    assert proposed.startswith("Comptoir du ")
    for text, name, title in (
        ("- Un arbre\n", PASTED, proposed), (SYNTHESIS, PASTED, "Synthèse du préau"), (NOTES, "soir.csv", "soir"),
    ):  # fmt: skip
        workshop = bring(lead, text, name=name, title="  ").workshop
        assert workshop is not None
        assert workshop.title == title
        assert lines_of(workshop)
