"""The journal: every action once, in its own words never in people's, and nothing in it ever changes."""

import inspect
import json
from collections.abc import Callable
from datetime import date
from types import ModuleType
from uuid import UUID

import pytest
from django.db import transaction

from comptoir.accounts import actions as account_actions
from comptoir.accounts import journal
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Person
from comptoir.audit.models import Entry, record
from comptoir.imports import actions as tables
from comptoir.imports import undoing
from comptoir.keeping import actions as keeping
from comptoir.kit.errors import Refused
from comptoir.kit.ids import uuid7
from comptoir.portal.public.actions import set_public_page
from comptoir.spaces.models import Space
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Change
from comptoir.workshops import actions as workshops
from comptoir.workshops.calendar import CALENDAR
from comptoir.workshops.models import Import

pytestmark = pytest.mark.django_db
SAID = "zinnia"  # in every text that a person types below, and in no text of ours


def entry(space: Space) -> Entry:
    return record(
        space=space, actor_id=uuid7(), organisation="Régie", action="essai.faire", label="Essai", object_id=uuid7()
    )


def test_a_line_says_who_what_when_and_on_what(lead: Actor) -> None:
    thing, whole, other = uuid7(), uuid7(), uuid7()
    written = journal.write(lead, "essai.faire", "Essai", thing, within_id=whole, other=other, count=3)
    written.refresh_from_db()
    assert (written.space, written.actor_id, written.organisation) == (lead.space, lead.person_id, "Agglomération")
    assert (written.action, written.label) == ("essai.faire", "Essai")
    assert (written.object_id, written.within_id) == (thing, whole)
    assert written.details == {"other": str(other), "count": 3}
    assert written.at is not None


def test_the_journal_of_a_space_is_its_own_the_latest_first(lead: Actor, stranger: Actor) -> None:
    first, second = entry(lead.space), entry(lead.space)
    entry(stranger.space)
    assert list(Entry.objects.of(lead.space))[:2] == [second, first]
    assert {line.space_id for line in Entry.objects.of(lead.space)} == {lead.space.pk}


def changed_label(line: Entry) -> Entry:
    line.label = "Autre"
    return line


@pytest.mark.parametrize(
    "tamper",
    [
        lambda line: changed_label(line).save(),
        lambda line: Entry.objects.get(pk=line.pk).save(),
        lambda line: line.delete(),
        lambda line: Entry.objects.all().delete(),
        lambda line: Entry.objects.filter(pk=line.pk).update(label="Autre"),
        lambda line: Entry.objects.bulk_update([changed_label(line)], ["label"]),
        lambda line: Entry.objects.update_or_create(pk=line.pk, defaults={"label": "Autre"}),
        lambda line: Entry.objects.of(line.space).update(label="Autre"),
    ],
    ids=["save", "save again", "delete", "delete all", "update", "bulk update", "update or create", "of a space"],
)
def test_a_line_never_changes_and_never_goes(space: Space, tamper: Callable[[Entry], object]) -> None:
    line = entry(space)
    before = Entry.objects.count()
    with pytest.raises(TypeError, match="append-only"), transaction.atomic():
        tamper(line)
    line = Entry.objects.get(pk=line.pk)
    assert (line.label, Entry.objects.count()) == ("Essai", before)


def test_a_line_is_written_with_what_it_tells_or_not_at_all(lead: Actor, reader: Actor) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        workshops.open_workshop(actor=reader, title="Comptoir")
    assert Entry.objects.count() == before


@pytest.fixture
def everything(lead: Actor, facilitator: Actor) -> Actor:
    """Every action of the house, done at least once, with `SAID` in every text that a person may type."""
    account_actions.change_look(actor=lead, name=f"Val {SAID}", colour="#123456", footer=f"Pied {SAID}")
    account_actions.open_to_resource_centre(actor=lead, opened=True)
    invitation = account_actions.invite(actor=lead, email="nouvelle@exemple.fr", role=Role.READER, message=SAID)
    account_actions.revoke(actor=lead, invitation=account_actions.resend(actor=lead, invitation=invitation))
    workshop = workshops.open_workshop(
        actor=lead, title=f"Titre {SAID}", held_on=date(2026, 10, 1), place=f"Lieu {SAID}", introduction=SAID
    )
    workshops.change_workshop(
        actor=lead, workshop=workshop, title=f"{SAID} 2", held_on=None, place=SAID, introduction=SAID
    )
    comptoir = workshops.add_comptoir(actor=lead, workshop=workshop, title=SAID, subject=Subject.RESIDENTS)
    heading, other_heading, *_ = comptoir.occasion.headings.order_by("position")
    one, two, three = (
        voices.add_note(actor=facilitator, heading=heading, words=f"{SAID} {n}, 06 12 34 56 7{n}", table=SAID)
        for n in range(3)
    )
    voices.tally(actor=facilitator, line=one)
    voices.gather(actor=facilitator, kept=one, absorbed=two)
    voices.separate(actor=facilitator, line=two)
    voices.keep_apart(actor=facilitator, first=one, second=three)
    voices.set_aside(actor=facilitator, first=one, second=two)
    voices.take_up_again(actor=facilitator, headings=comptoir.occasion.headings.all())
    voices.save_lexicon(actor=facilitator, text=f"fleur : {SAID}\n")
    voices.move(actor=facilitator, line=two, heading=other_heading)
    voices.reword(actor=facilitator, line=one, text=f"Reformulé {SAID}")
    written = voices.answer(
        actor=facilitator, lines=[one], kind="adopted", reasons=SAID, decided_by=SAID, decided_on=date(2026, 10, 1)
    )
    voices.publish_answers(actor=lead, answers=written, reread=True)
    voices.withdraw_answer(actor=lead, answer=written[0])
    voices.give_codes(actor=facilitator, occasion=comptoir.occasion)
    set_public_page(actor=lead, opened=True, welcome=SAID, where_to_speak=SAID)
    voices.withdraw(actor=facilitator, line=three)
    voices.undo(actor=facilitator, change=Change.objects.order_by("-pk")[0])
    version = workshops.validate(actor=lead, workshop=workshop)
    workshops.decide_mask(actor=facilitator, version=version, statement_id=two.pk, text=f"Masqué {SAID}")
    workshops.leave_others(actor=facilitator, version=version)
    workshops.publish(actor=lead, version=version)
    workshops.set_silence(actor=lead, months=9)
    cycle = workshops.save_cycle(actor=lead, name=SAID, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1))
    workshops.assign(actor=lead, workshop=workshop, cycle=cycle)
    template = workshops.save_template(actor=lead, title=SAID, questions=SAID, columns={"residents": [SAID]})
    workshops.withdraw_template(actor=lead, template=template)
    source = workshops.receive(actor=lead, content=f"{SAID} un\n{SAID} deux".encode(), name=f"{SAID}.txt")
    workshops.set_choices(
        actor=lead, source=source, title=SAID, held_on=None, speaker_kind="residents", workshop=None, mapping={}
    )
    workshops.confirm_import(actor=lead, source=source, back_url="/")
    workshops.void_import(actor=lead, source=Import.objects.get(pk=source.pk))
    planned = workshops.open_workshops(actor=lead, planned=[(f"Prévu {SAID}", None, SAID)])
    workshops.withdraw_workshops(actor=lead, identities=[one.pk for one in planned])
    table = f"Titre;Lieu\n{SAID};{SAID}\n".encode()
    batch = tables.receive(actor=lead, kind=CALENDAR, content=table, name=f"{SAID}.csv")
    tables.set_columns(actor=lead, batch=batch, mapping={"title": 0, "place": 1})
    tables.confirm(actor=lead, batch=batch, seen=tables.plan_of(lead, batch).digest, back_url="/")
    undoing.void(actor=lead, batch=batch)
    keeping.set_retention(actor=lead, files_months=6, jobs_days=30, mails_days=90, answers_months=6)
    return lead


def actions_of(package: ModuleType) -> set[str]:
    """The public functions of a room's `actions` that take an actor and write."""
    return {
        name
        for name, function in inspect.getmembers(package, inspect.isfunction)
        if function.__module__.startswith(package.__name__) and "actor" in inspect.signature(function).parameters
    }


def test_every_action_of_the_house_writes_its_line(everything: Actor) -> None:
    wanted = {f"accounts.{name}" for name in actions_of(account_actions)}
    wanted |= {f"voices.{'add' if name == 'add_note' else name}" for name in actions_of(voices)}
    wanted |= {f"workshops.{name}" for name in actions_of(workshops)}
    wanted = {name for name in wanted if not name.split(".")[1].startswith("check")}
    written = set(Entry.objects.values_list("action", flat=True).order_by("action"))
    wanted |= {"imports.receive", "imports.set_columns", "imports.confirm", "imports.void", "keeping.set_retention"}
    wanted |= {"portal.set_public_page"}
    assert len(wanted) >= 18
    assert wanted <= written, "an action that nobody could find in the journal, or that this test does not do yet"
    assert written <= wanted | {"accounts.open_space"}


def test_the_journal_holds_no_word_of_anybody(everything: Actor) -> None:
    lines = list(Entry.objects.all())
    assert len(lines) >= 20
    for line in lines:
        told = json.dumps([line.action, line.label, line.organisation, line.details])
        assert SAID not in told
        for value in line.details.values():
            assert isinstance(value, int) or is_code(value), (line.action, value)


def is_code(value: str) -> bool:
    """An identity, a code of a vocabulary or a colour: nothing that a person could have written freely."""
    try:
        return bool(UUID(value))
    except ValueError:
        return value in Role.values or value == "#123456"


def test_every_line_is_of_its_space_by_its_actor_in_french(everything: Actor, facilitator: Actor) -> None:
    people = set(Person.objects.values_list("pk", flat=True).order_by("pk"))
    for line in Entry.objects.all():
        assert line.space_id == everything.space.pk
        assert line.actor_id in people
        assert line.organisation in {"Agglomération", "Régie de quartier"}
        assert line.label[0].isupper()
        assert not line.label.endswith(".")
    assert {line.actor_id for line in Entry.objects.filter(action="voices.gather")} == {facilitator.person_id}
