"""Versions: frozen once and for all, published by one person, seen by whom they must (docs/concepts/occurrences.md)."""

from collections.abc import Callable
from typing import Any

import pytest
from workshop_samples import NOTES, SYNTHESIS

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices import actions as voices
from comptoir.voices.models import Change, Heading, Statement
from comptoir.workshops.actions import open_workshop, publish, validate
from comptoir.workshops.board import gather_candidates
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import Import, SynthesisVersion, Workshop
from comptoir.workshops.rules import may_read
from comptoir.workshops.sheets import draft, frozen, totals

Bring = Callable[..., Import]
HEAR_RAW = {Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR}


@pytest.fixture
def workshop(lead: Actor, bring: Bring) -> Workshop:
    found = bring(lead, NOTES).workshop
    assert found is not None
    return found


def photograph(version: SynthesisVersion) -> list[Any]:
    """All that a version says: tables, columns, lines, counts, and the words under each line."""
    version = SynthesisVersion.objects.get(pk=version.pk)
    sheets = [
        (sheet.occasion.title, sheet.counted, sheet.occurrences, [
            (column.heading.label, column.total, [(x.code, x.wording, x.occurrences, x.gathered) for x in column.lines])
            for column in sheet.columns
        ])
        for sheet in frozen(version)
    ]  # fmt: skip
    words = [
        [(word.statement.original, word.occurrences) for word in line.words.order_by("pk")]
        for line in version.lines.order_by("position")
    ]
    return [version.title, version.introduction, sheets, words]


def test_a_version_says_what_the_draft_said(workshop: Workshop, lead: Actor) -> None:
    a, b = Statement.objects.filter(heading__label="Essai à transformer").order_by("position")
    voices.gather(actor=lead, kept=a, absorbed=b)
    voices.reword(actor=lead, line=a, text="Le café du mardi")
    version = validate(actor=lead, workshop=workshop)
    assert [(s.counted, s.occurrences) for s in draft(workshop)] == [(2, 6), (1, 1)]
    assert photograph(version)[2:] == [
        [
            ("Habitants", 2, 6, [
                ("Essai à transformer", 1, [(a.code, "Le café du mardi", 4, 2)]),
                ("Pièges à éviter", 1, [(Statement.objects.get(imported__rank=2).code,
                                        "Toujours les mêmes personnes", 2, 1)]),
            ]),
            ("Élus", 1, 1, [("Pièges à éviter", 1, [(Statement.objects.get(imported__rank=3).code,
                                                   "=Venir seul à la fin", 1, 1)])]),
        ],
        [
            [("Le café du mardi au pied de la tour", 3), ("Café du mardi en bas de la tour", 1)],
            [("Toujours les mêmes personnes", 2)],
            [("=Venir seul à la fin", 1)],
        ],
    ]  # fmt: skip


def test_a_version_never_moves_whatever_is_done_to_the_board(workshop: Workshop, lead: Actor, bring: Bring) -> None:
    a, b, c, d = Statement.objects.order_by("imported__rank")
    gathered = voices.gather(actor=lead, kept=a, absorbed=b)
    voices.reword(actor=lead, line=a, text="Le café du mardi")
    version = validate(actor=lead, workshop=workshop)
    before = photograph(version)
    pitfalls = Heading.objects.get(occasion__title="Habitants", label="Pièges à éviter")
    assert gathered is not None
    for act in (
        lambda: voices.tally(actor=lead, line=b),
        lambda: voices.reword(actor=lead, line=a, text="Autre chose"),
        lambda: voices.undo(actor=lead, change=gathered),
        lambda: voices.gather(actor=lead, kept=c, absorbed=a),
        lambda: voices.separate(actor=lead, line=c),
        lambda: voices.move(actor=lead, line=b, heading=pitfalls),
        lambda: voices.withdraw(actor=lead, line=d),
        lambda: voices.add_note(actor=lead, heading=pitfalls, words="Arrivée après"),
        lambda: bring(lead, "Sujet;Colonne;Note\nHabitants;Autre;Un merci\n", name="n.csv", workshop=workshop),
        lambda: bring(lead, SYNTHESIS, workshop=workshop),
        lambda: validate(actor=lead, workshop=workshop),
    ):
        assert act() is not None
        assert photograph(version) == before
    assert version.workshop.comptoirs.count() == 4


def test_a_second_click_makes_no_second_version_and_any_change_makes_one(workshop: Workshop, lead: Actor) -> None:
    first = validate(actor=lead, workshop=workshop)
    assert validate(actor=lead, workshop=workshop) == first
    a, b, *_ = Statement.objects.order_by("imported__rank")
    change = voices.tally(actor=lead, line=a)
    second = validate(actor=lead, workshop=workshop)
    assert (first.number, second.number) == (1, 2)
    voices.undo(actor=lead, change=change)
    voices.gather(actor=lead, kept=a, absorbed=b)
    third = validate(actor=lead, workshop=workshop)
    workshop.introduction = "Ajoutée"
    workshop.save()
    assert [third.number, validate(actor=lead, workshop=workshop).number] == [3, 4]
    assert Entry.objects.filter(action="workshops.validate").count() == 4


def test_an_empty_board_is_not_validated(lead: Actor) -> None:
    with pytest.raises(Invalid, match="aucune ligne"):
        validate(actor=lead, workshop=open_workshop(actor=lead, title="Vide"))


@pytest.mark.parametrize("role", list(Role))
def test_the_team_validates_and_the_lead_alone_publishes(
    role: Role, workshop: Workshop, lead: Actor, member: Callable[[str], Actor]
) -> None:
    actor = member(role)
    if role in {Role.PROJECT_LEAD, Role.FACILITATOR}:
        version = validate(actor=actor, workshop=workshop)
    else:
        with pytest.raises(Refused, match="équipe"):
            validate(actor=actor, workshop=workshop)
        version = validate(actor=lead, workshop=workshop)
    if role == Role.PROJECT_LEAD:
        assert publish(actor=actor, version=version).state == VersionState.PUBLISHED
    else:
        with pytest.raises(Refused, match="conduit le projet"):
            publish(actor=actor, version=version)


def test_publishing_again_changes_nothing_and_an_older_version_waits(workshop: Workshop, lead: Actor) -> None:
    old = validate(actor=lead, workshop=workshop)
    voices.tally(actor=lead, line=Statement.objects.order_by("pk")[0])
    new = validate(actor=lead, workshop=workshop)
    with pytest.raises(Conflict, match="version 2"):
        publish(actor=lead, version=old)
    published = publish(actor=lead, version=new)
    assert publish(actor=lead, version=new).published_at == published.published_at
    assert Entry.objects.filter(action="workshops.publish").count() == 1


def test_another_space_neither_validates_nor_publishes_nor_reads(
    workshop: Workshop, lead: Actor, stranger: Actor
) -> None:
    with pytest.raises(Workshop.DoesNotExist):
        validate(actor=stranger, workshop=workshop)
    version = publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    with pytest.raises(SynthesisVersion.DoesNotExist):
        publish(actor=stranger, version=version)
    assert not may_read(stranger, version)
    assert not SynthesisVersion.objects.visible_to(stranger).exists()
    assert not Workshop.objects.visible_to(stranger).exists()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", ["draft", "validated", "published"])
def test_who_sees_what(role: Role, state: str, workshop: Workshop, lead: Actor, member: Callable[[str], Actor]) -> None:
    actor = member(role)
    if state != "draft":
        version = validate(actor=lead, workshop=workshop)
        if state == "published":
            publish(actor=lead, version=version)
    sees_workshop = role in HEAR_RAW or state == "published"
    assert Workshop.objects.visible_to(actor).exists() is sees_workshop
    assert SynthesisVersion.objects.visible_to(actor).exists() is (state != "draft" and sees_workshop)
    for version in SynthesisVersion.objects.all():
        assert may_read(actor, version) is sees_workshop


def test_names_and_points_are_in_the_synthesis_and_not_in_the_counts(lead: Actor, bring: Bring) -> None:
    workshop = bring(lead, SYNTHESIS).workshop
    assert workshop is not None
    assert [(t.occasion.title, t.lines, t.occurrences) for t in totals(workshop)] == [
        ("Atelier : Habitant·e·s", 5, 9), ("Atelier : Signataires", 1, 2), ("Avant d'évaluer", 3, 0),
    ]  # fmt: skip
    assert [(s.counted, s.occurrences) for s in draft(workshop)] == [(5, 9), (1, 2), (0, 0)]
    version = validate(actor=lead, workshop=workshop)
    assert [(s.counted, s.occurrences) for s in frozen(version)] == [(5, 9), (1, 2), (0, 0)]
    name = Statement.objects.get(reported_wording="Le bailleur")
    assert [line.wording for line in gather_candidates(name)] == ["La régie"]
    said = Statement.objects.get(reported_wording="Se croiser sans se voir")
    assert gather_candidates(said, query="régie") == []


def test_what_stands_under_a_frozen_line_is_in_the_order_of_the_board(lead: Actor, bring: Bring) -> None:
    rows = "".join(f"Essai;Parole numéro {n}\n" for n in range(30))
    workshop = bring(lead, f"Colonne;Note\n{rows}", name="n.csv").workshop
    first, *others = Statement.objects.order_by("position")
    for line in reversed(others):
        voices.gather(actor=lead, kept=first, absorbed=line)
    (frozen_line,) = validate(actor=lead, workshop=workshop).lines.all()
    assert [w.statement.original for w in frozen_line.words.order_by("pk")] == [f"Parole numéro {n}" for n in range(30)]
    assert Change.objects.filter(kind="gather").count() == 29
