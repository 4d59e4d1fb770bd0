"""Imports: what the preview shows is what is written, once, and can be undone (docs/concepts/occurrences.md)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from workshop_samples import NOTES, SYNTHESIS, lines_of

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, InputError, Invalid, Refused
from comptoir.spaces.models import StoredFile
from comptoir.voices import actions as voices
from comptoir.voices.enums import SpeakerKind, StatementState, Subject
from comptoir.voices.models import Heading, Statement, Verbatim
from comptoir.workshops.actions import (
    add_comptoir,
    change_workshop,
    confirm_import,
    open_workshop,
    receive,
    set_choices,
    validate,
    void_import,
)
from comptoir.workshops.actions.imports import plan_import, read_import
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Comptoir, Import, ImportedLine, Workshop
from comptoir.workshops.plan import Plan

Bring = Callable[..., Import]
CHOICES: dict[str, Any] = {"title": "Titre", "held_on": None, "speaker_kind": "mixed", "workshop": None, "mapping": {}}


def planned(plan: Plan) -> list[tuple[str, str, str, int]]:
    return [
        (comptoir.title, column.label, line.text, line.occurrences)
        for comptoir in plan.comptoirs
        for column in comptoir.columns
        for line in column.lines
    ]


@pytest.mark.parametrize("text", [NOTES, SYNTHESIS, "- Un banc **\n- Un arbre\n"])
def test_what_is_written_is_what_the_preview_showed(text: str, lead: Actor, bring: Bring) -> None:
    source = receive(actor=lead, content=text.encode())
    shown = planned(plan_import(source))
    assert shown
    imported = bring(lead, text)
    assert imported.workshop is not None
    assert lines_of(imported.workshop) == shown


def test_notes_become_words_with_who_speaks_and_about_whom(lead: Actor, bring: Bring) -> None:
    bring(lead, NOTES, name="notes.csv")
    said = Verbatim.objects.order_by("pk").values_list("words", "tally", "table", "speaker_kind", "subject")
    assert list(said) == [
        ("Le café du mardi au pied de la tour", 3, "Bleue", "professionals", "residents"),
        ("Café du mardi en bas de la tour", 1, "Verte", "professionals", "residents"),
        ("Toujours les mêmes personnes", 2, "Bleue", "professionals", "residents"),
        ("=Venir seul à la fin", 1, "Verte", "professionals", "elected_officials"),
    ]
    assert list(ImportedLine.objects.values_list("rank", "line")) == [(0, 2), (1, 3), (2, 4), (3, 5)]


def test_a_synthesis_becomes_reported_lines_without_any_invented_word(lead: Actor, bring: Bring) -> None:
    source = bring(lead, SYNTHESIS)
    assert not Verbatim.objects.exists()
    assert Statement.objects.filter(reported_occurrences=3).get().wording == "Le goûter du jeudi"
    assert source.workshop is not None
    assert (source.workshop.title, source.workshop.introduction) == (
        "Synthèse du préau",
        "Trois soirées, trois tables.",
    )
    uncounted = Statement.objects.filter(heading__kind__in=["who", "outline"])
    assert set(uncounted.values_list("reported_occurrences", flat=True)) == {0}
    assert uncounted.count() == 5


def test_confirming_again_does_nothing(lead: Actor, bring: Bring) -> None:
    source = bring(lead, NOTES)
    before = Statement.objects.count()
    assert confirm_import(actor=lead, source=source, back_url="/") is None
    assert (Statement.objects.count(), Workshop.objects.count()) == (before, 1)
    assert Entry.objects.filter(action="workshops.confirm_import").count() == 1


def test_choices_sent_from_a_tab_opened_before_the_import_change_nothing(lead: Actor) -> None:
    source = receive(actor=lead, content=NOTES.encode())
    stale = Import.objects.get(pk=source.pk)
    confirm_import(actor=lead, source=source, back_url="/")
    with pytest.raises(Conflict, match="déjà importé"):
        set_choices(actor=lead, source=stale, **CHOICES)
    source.refresh_from_db()
    assert source.workshop is not None
    assert source.title != "Titre"


@pytest.mark.parametrize("role", list(Role))
def test_the_team_alone_imports_and_undoes_imports(role: Role, member: Callable[[str], Actor], lead: Actor) -> None:
    actor = member(role)
    source = receive(actor=lead, content=NOTES.encode())
    steps: list[Callable[[], Any]] = [
        lambda: receive(actor=actor, content=b"- Un banc"),
        lambda: set_choices(actor=actor, source=source, **CHOICES),
        lambda: confirm_import(actor=actor, source=source, back_url="/"),
        lambda: void_import(actor=actor, source=source),
        lambda: open_workshop(actor=actor, title="Un soir"),
    ]
    for step in steps:
        if role in {Role.PROJECT_LEAD, Role.FACILITATOR}:
            step()
        else:
            with pytest.raises(Refused, match="équipe du projet"):
                step()


def test_nothing_of_another_space_can_be_used(lead: Actor, stranger: Actor, bring: Bring) -> None:
    source = receive(actor=lead, content=NOTES.encode())
    theirs = open_workshop(actor=stranger, title="Chez les voisins")
    mine = receive(actor=stranger, content=NOTES.encode())
    for attempt in (
        lambda: set_choices(actor=stranger, source=source, **CHOICES),
        lambda: confirm_import(actor=stranger, source=source, back_url="/"),
        lambda: void_import(actor=stranger, source=source),
        lambda: set_choices(actor=lead, source=source, **{**CHOICES, "workshop": theirs}),
        lambda: change_workshop(
            actor=lead, workshop=theirs, title="Pris", held_on=None, place="", introduction=""
        ),
        lambda: add_comptoir(actor=lead, workshop=theirs, title="Pris", subject=Subject.RESIDENTS),
    ):  # fmt: skip
        with pytest.raises(Refused, match="votre espace"):
            attempt()
    source.refresh_from_db()
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (source.state, source.title, theirs.title) == (ImportState.PREVIEW, mine.title, "Chez les voisins")


@pytest.mark.parametrize(("content", "name"), [(b"   \n", "texte collé"), (b"PK\x03\x04 pas un tableur", "a.xlsx")])
def test_nothing_is_kept_of_what_cannot_be_read(content: bytes, name: str, lead: Actor) -> None:
    before = sum(1 for path in settings.FILES.rglob("*") if path.is_file())
    with pytest.raises((Invalid, InputError)):
        receive(actor=lead, content=content, name=name, media_type="application/octet-stream")
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()
    assert sum(1 for path in settings.FILES.rglob("*") if path.is_file()) == before


def test_a_document_without_any_line_is_not_imported_and_stays_to_be_corrected(lead: Actor) -> None:
    source = receive(actor=lead, content=b"Colonne;Note\nEssai;Un banc\n", name="notes.csv", media_type="text/csv")
    with pytest.raises(InputError):
        set_choices(actor=lead, source=source, **{**CHOICES, "mapping": {"text": "Absente"}})
    source.refresh_from_db()
    assert (source.state, source.mapping) == (ImportState.PREVIEW, {})


@pytest.mark.parametrize("name", ["notes.csv", "texte collé"])
def test_a_corrected_mapping_is_what_is_read_and_imported(name: str, lead: Actor, bring: Bring) -> None:
    text = "Colonne;Remarque;Note;Nombre\nEssai;Un banc à l'ombre;12;4\nEssai;Un arbre;15;2\n"
    mapping = {"text": "Remarque", "column": "Colonne", "tally": "", "subject": "", "table": ""}
    source = bring(lead, text, name=name, mapping=mapping)
    assert source.workshop is not None
    assert [row[2:] for row in lines_of(source.workshop)] == [("Un banc à l'ombre", 1), ("Un arbre", 1)]


def test_a_column_mistaken_for_the_columns_of_a_board_is_refused_with_what_to_check(lead: Actor) -> None:
    text = "Colonne;Note\n" + "".join(f"Rubrique {n};Une parole {n}\n" for n in range(80))
    source = receive(actor=lead, content=text.encode(), name="notes.csv", media_type="text/csv")
    with pytest.raises(Invalid, match="80 colonnes"):
        confirm_import(actor=lead, source=source, back_url="/")
    source.refresh_from_db()
    assert source.state == ImportState.PREVIEW
    assert not Workshop.objects.exists()


def test_two_tables_of_one_document_stay_two_even_with_the_same_title(lead: Actor, bring: Bring) -> None:
    table = "## Atelier : Habitants\n\nEssai\tPièges\n{}\tOublier {}\n\n"
    source = bring(lead, table.format("Café", 1) + table.format("Jardin", 2))
    assert source.workshop is not None
    assert source.workshop.comptoirs.count() == 2
    assert [(row[2], row[0]) for row in lines_of(source.workshop) if row[1] == "Essai"] == [
        ("Café", "Atelier : Habitants"), ("Jardin", "Atelier : Habitants"),
    ]  # fmt: skip
    first, second = (c.occasion for c in source.workshop.comptoirs.all())
    assert [h.statements.count() for o in (first, second) for h in o.headings.all()] == [1, 1, 1, 1]


def test_two_columns_of_one_table_stay_two_even_with_the_same_label(lead: Actor, bring: Bring) -> None:
    source = bring(lead, "Essai\tPièges\tEssai\nCafé\tOublier\tJardin\n")
    assert source.workshop is not None
    assert lines_of(source.workshop) == [
        ("Tableau 1", "Essai", "Café", 1), ("Tableau 1", "Pièges", "Oublier", 1), ("Tableau 1", "Essai", "Jardin", 1),
    ]  # fmt: skip


def test_a_table_and_a_plan_without_title_get_one_so_that_they_can_be_opened(lead: Actor, bring: Bring) -> None:
    bring(lead, "Essai\tPièges\nCafé\tOublier\n\n## Le but\n- Dire pourquoi\n\n## La suite\n- Revenir\n")
    assert [c.occasion.title for c in Comptoir.objects.all()] == ["Tableau 1", "Plan"]


def test_a_very_long_title_finds_its_table_again(lead: Actor, bring: Bring) -> None:
    text = "Sujet;Note\n" + "Le " + "très " * 60 + "long sujet;Un banc\n"
    first = bring(lead, text, name="notes.csv")
    bring(lead, text.replace("Un banc", "Un arbre"), name="notes.csv", workshop=first.workshop)
    assert Comptoir.objects.count() == 1
    assert len(Comptoir.objects.get().occasion.title) == 200


def test_into_a_workshop_columns_are_found_by_label_then_by_kind(lead: Actor, bring: Bring) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    add_comptoir(actor=lead, workshop=workshop, title="Les habitants", subject=Subject.RESIDENTS)
    bring(lead, NOTES, name="notes.csv", workshop=workshop)
    assert {row[:2] for row in lines_of(workshop)} == {
        ("Les habitants", "Essai à transformer"), ("Les habitants", "Pièges à éviter"), ("Élus", "Pièges à éviter"),
    }  # fmt: skip
    text = "Sujet;Colonne;Note\nHabitants;Quels pièges évite-t-on ?;Trop long\nHabitants;Autre chose;Un merci\n"
    bring(lead, text, name="suite.csv", workshop=workshop)
    rows = [row[1:3] for row in lines_of(workshop)]
    assert ("Pièges à éviter", "Trop long") in rows
    assert ("Autre chose", "Un merci") in rows
    assert Heading.objects.get(label="Autre chose").position == 4


def test_new_lines_come_after_those_that_are_there_in_the_order_of_the_file(lead: Actor, bring: Bring) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    for n in range(3):
        rows = "".join(f"Habitants;{c};{c} {n}{k}\n" for k in range(3) for c in ("Essai", "Pièges"))
        bring(lead, "Sujet;Colonne;Note\n" + rows, name="notes.csv", workshop=workshop)
    words = [row[2] for row in lines_of(workshop) if row[1] == "Essai"]
    assert words == [f"Essai {n}{k}" for n in range(3) for k in range(3)]


def test_words_never_go_into_a_column_of_names(lead: Actor, bring: Bring) -> None:
    source = bring(lead, SYNTHESIS)
    bring(lead, "Sujet;Colonne;Note\nSignataires;Qui ?;La mairie vient\n", name="n.csv", workshop=source.workshop)
    heading = Statement.objects.get(verbatim__words="La mairie vient").heading
    assert (heading.label, heading.counted) == ("Qui ?", True)
    assert Heading.objects.filter(label="Qui ?").count() == 2


def test_two_different_plans_are_not_mixed(lead: Actor, bring: Bring) -> None:
    source = bring(lead, SYNTHESIS)
    other = "# Le calendrier\n\n## Au printemps\n- Réunir\n- Écrire\n\n## À l'automne\n- Rendre compte\n"
    bring(lead, other, workshop=source.workshop)
    plans = Comptoir.objects.filter(layout="outline")
    assert [c.occasion.title for c in plans] == ["Avant d'évaluer", "Le calendrier"]


def test_an_import_into_a_workshop_withdrawn_meanwhile_is_refused(lead: Actor, bring: Bring) -> None:
    first = bring(lead, NOTES)
    source = receive(actor=lead, content=SYNTHESIS.encode())
    set_choices(actor=lead, source=source, **{**CHOICES, "workshop": first.workshop})
    void_import(actor=lead, source=first)
    with pytest.raises(Conflict, match="retiré depuis"):
        confirm_import(actor=lead, source=source, back_url="/")


def test_lines_that_look_alike_are_suggested_as_soon_as_they_are_there(lead: Actor, bring: Bring) -> None:
    bring(lead, "Colonne;Note\nEssai;Le café du mardi au pied de la tour\nEssai;Café du mardi au pied de la tour\n",
          name="notes.csv")  # fmt: skip
    heading = Heading.objects.get(label="Essai")
    assert heading.resemblances.count() == 1


def test_undoing_an_import_withdraws_its_lines_and_the_workshop_that_it_had_opened(lead: Actor, bring: Bring) -> None:
    source = bring(lead, NOTES)
    voided = void_import(actor=lead, source=source)
    assert (voided.withdrawn, voided.kept) == (4, [])
    source.refresh_from_db()
    assert source.state == ImportState.VOID
    assert Workshop.objects.visible_to(lead).count() == 0
    assert Verbatim.objects.count() == 4  # kept all the same
    assert void_import(actor=lead, source=source).withdrawn == 0
    assert Entry.objects.filter(action="workshops.void_import").count() == 1


USES: dict[str, tuple[Callable[[Actor, Statement, Statement], Any], int]] = {
    "gather": (lambda actor, a, b: voices.gather(actor=actor, kept=a, absorbed=b), 2),
    "tally": (lambda actor, a, b: voices.tally(actor=actor, line=a), 1),
    "move": (lambda actor, a, b: voices.move(actor=actor, line=a, heading=b.heading.occasion.headings.last()), 1),
    "reword": (lambda actor, a, b: voices.reword(actor=actor, line=a, text="Autrement dit"), 1),
    "validate": (lambda actor, a, b: validate(actor=actor, workshop=Workshop.objects.get()), 4),
}


@pytest.mark.parametrize("use", list(USES))
def test_lines_used_since_are_kept_and_listed(use: str, lead: Actor, bring: Bring) -> None:
    source = bring(lead, NOTES)
    a, b = Statement.objects.filter(heading__label="Essai à transformer").order_by("position")
    act, kept = USES[use]
    act(lead, a, b)
    voided = void_import(actor=lead, source=source)
    assert (len(voided.kept), voided.withdrawn) == (kept, 4 - kept)
    assert Workshop.objects.visible_to(lead).count() == 1
    assert Statement.objects.live().count() == kept
    again = void_import(actor=lead, source=source)
    assert (again.withdrawn, [line.pk for line in again.kept]) == (0, [line.pk for line in voided.kept])


def test_a_line_whose_use_was_undone_is_not_used(lead: Actor, bring: Bring) -> None:
    source = bring(lead, NOTES)
    line = Statement.objects.order_by("pk")[0]
    voices.undo(actor=lead, change=voices.tally(actor=lead, line=line))
    assert void_import(actor=lead, source=source).kept == []


def test_the_workshop_stays_for_the_lines_that_others_brought_or_are_bringing(lead: Actor, bring: Bring) -> None:
    source = bring(lead, NOTES)
    second = bring(lead, "Colonne;Note\nEssai;Un arbre\n", name="n.csv", workshop=source.workshop)
    Statement.objects.filter(imported__source=second).update(state=StatementState.ARRIVING)
    void_import(actor=lead, source=source)
    assert Workshop.objects.visible_to(lead).count() == 1


def test_an_import_that_is_not_done_is_not_undone(lead: Actor) -> None:
    source = receive(actor=lead, content=NOTES.encode())
    with pytest.raises(Conflict, match="pas terminé"):
        void_import(actor=lead, source=source)


def test_a_file_that_calls_itself_pasted_text_is_read_without_harm(lead: Actor) -> None:
    source = receive(actor=lead, content="Été à venir\nCafé\n".encode("latin-1"))
    assert len(read_import(source).notes) == 2  # type: ignore[union-attr]  # notes, by their form
    assert SpeakerKind(source.speaker_kind) == SpeakerKind.UNKNOWN
