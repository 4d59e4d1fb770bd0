"""« Jamais de réponse » and the start of an answer. Cites docs/concepts/page-publique.md."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest

from comptoir.accounts.models import Actor
from comptoir.commitments import actions
from comptoir.commitments.answer_offers import draft_of, drafts_of, query_of
from comptoir.commitments.models import Commitment, SnapshotLine
from comptoir.commitments.public_table import in_neighbourhood, last_snapshot, links_of
from comptoir.commitments.unanswered import counted
from comptoir.contracts.actions import open_contract
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.voices.models import Statement
from comptoir.workshops.actions import add_comptoir, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import Workshop

pytestmark = pytest.mark.django_db
URL = "/val-clair/reponses/"


@pytest.fixture
def workshop(lead: Actor) -> Workshop:
    made = open_workshop(actor=lead, title="Comptoir de printemps", held_on=date(2026, 3, 1))
    add_comptoir(actor=lead, workshop=made, title="Habitants", subject=Subject.RESIDENTS)
    return made


def note(lead: Actor, workshop: Workshop, words: str, tally: int = 1, column: int = 0) -> Statement:
    headings = workshop.comptoirs.get().occasion.headings.exclude(kind=HeadingKind.WHO).order_by("position")
    return voices.add_note(actor=lead, heading=headings[column], words=words, tally=tally)


def published(lead: Actor, workshop: Workshop) -> None:
    version = validate(actor=lead, workshop=workshop)
    leave_others(actor=lead, version=version)
    publish(actor=lead, version=version)


def answer(lead: Actor, line: Statement) -> None:
    written = voices.answer(
        actor=lead, lines=[line], kind="adopted", reasons="Oui", decided_by="le comité", decided_on=date(2026, 6, 1)
    )
    voices.publish_answers(actor=lead, answers=written)


def rows(browser: Any, query: str = "") -> list[str]:
    """The first column of the list, read from its file."""
    answered = browser.get(f"{URL}?format=csv&{query}")
    return [line.split(";")[0] for line in answered.getvalue().decode("utf-8-sig").splitlines()[1:]]


def test_the_most_said_comes_first_and_an_answer_takes_a_line_away(
    lead: Actor, reader: Actor, workshop: Workshop, client_for: Any
) -> None:
    once, often = note(lead, workshop, "Des bancs"), note(lead, workshop, "La salle le soir", 4)
    assert rows(client_for(reader)) == []
    published(lead, workshop)
    late = note(lead, workshop, "Ajouté depuis")
    assert rows(client_for(reader)) == ["La salle le soir", "Des bancs"]
    assert (counted(lead.space).lines, counted(lead.space).never) == (2, 2)
    answer(lead, often)
    answer(lead, late)
    assert rows(client_for(reader)) == ["Des bancs"]
    assert (counted(lead.space).answered, counted(lead.space).never) == (1, 1)
    voices.withdraw(actor=lead, line=once)
    assert rows(client_for(reader)) == []


def test_a_commitment_is_not_an_answer(deal: Any, workshop: Workshop, client_for: Any) -> None:
    lead = deal.lead
    line, other = note(lead, workshop, "Rouvrir le local"), note(lead, workshop, "Des bancs")
    published(lead, workshop)
    here = PriorityNeighbourhood.objects.create(code="QN00001M", name="Les Cèdres", generation=2024)
    actions.link(actor=lead, commitment=deal.commit(neighbourhoods=[here]), statement=line)
    browser = client_for(lead)
    assert sorted(rows(browser)) == ["Des bancs", "Rouvrir le local"]
    assert rows(browser, "engagement=oui") == ["Rouvrir le local"]
    assert rows(browser, "engagement=non") == ["Des bancs"]
    assert rows(browser, "quartier=QN00001M") == ["Rouvrir le local"]
    assert rows(browser, f"comptoir={workshop.code}&colonne={other.heading.kind}&theme=residents") == rows(browser)
    assert "Les Cèdres" in browser.get(f"{URL}?format=csv").getvalue().decode()


def test_searching_is_for_those_who_hear_the_words(
    lead: Actor, reader: Actor, workshop: Workshop, client_for: Any
) -> None:
    """A search in words that are masked would say whether a name is there."""
    note(lead, workshop, "Voir Ismène Roudier")
    note(lead, workshop, "Des bancs")
    published(lead, workshop)
    assert rows(client_for(lead), "q=ismene") == ["Voir Ismène Roudier"]
    assert len(rows(client_for(reader), "q=ismene")) == 2
    assert 'type="search"' not in client_for(reader).get(URL).content.decode()


def test_lines_are_ticked_by_those_who_answer(lead: Actor, reader: Actor, workshop: Workshop, client_for: Any) -> None:
    one, two = note(lead, workshop, "Des bancs"), note(lead, workshop, "De l'ombre")
    published(lead, workshop)
    assert 'type="checkbox"' not in client_for(reader).get(URL).content.decode()
    browser = client_for(lead)
    assert browser.get(URL).content.decode().count('name="ligne"') == 2
    form = browser.get(f"{URL}nouvelle/?ligne={one.code}&ligne={two.code}").content.decode()
    assert "Des bancs" in form
    assert "De l&#x27;ombre" in form
    said = {"kind": "no", "reasons": "Le terrain est loué", "decided_by": "la Ville", "decided_on": "2026-06-01"}
    answered = browser.post(f"{URL}nouvelle/?ligne={one.code}&ligne={two.code}", said)
    page = browser.get(answered.headers["Location"])
    assert page.content.decode().count("Le terrain est loué") == 2
    assert rows(browser) != []
    assert browser.post(answered.headers["Location"]).status_code == 302
    assert rows(browser) == []


@pytest.mark.parametrize("number", [2, 30])
def test_the_list_asks_as_many_questions_whatever_the_rows(
    deal: Any, workshop: Workshop, client_for: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(number):
        line = note(deal.lead, workshop, f"Une idée, la {n}e")
        actions.link(actor=deal.lead, commitment=deal.commit(f"Faire la {n}e"), statement=line)
    published(deal.lead, workshop)
    browser = client_for(deal.lead)
    browser.get(URL)
    with django_assert_max_num_queries(12):
        browser.get(URL)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "de Régie de quartier."),
        ({"due_on": date(2027, 3, 1)}, "de Régie de quartier, pour le 1er mars 2027."),
        ({"first_year": 2026}, "de Régie de quartier, chaque année."),
        ({"first_year": 2026, "last_year": 2029}, "chaque année jusqu'en 2029."),
    ],
    ids=["no date", "a date", "yearly", "yearly, to an end"],
)
def test_the_start_of_an_answer_says_what_was_committed_by_whom_for_when(
    deal: Any, given: dict[str, Any], told: str
) -> None:
    made = Commitment.objects.with_words().get(pk=deal.commit("Rouvrir la loge", **given).pk)
    text = draft_of(made)
    assert text.startswith("Devenue l'engagement « Rouvrir la loge » de ")
    assert text.endswith(told)


def test_a_start_is_proposed_and_nothing_is_written(
    deal: Any, reader: Actor, workshop: Workshop, client_for: Any
) -> None:
    lead, line = deal.lead, note(deal.lead, workshop, "Rouvrir le local")
    made = deal.commit("Rouvrir la loge")
    actions.link(actor=lead, commitment=made, statement=line)
    page = client_for(lead).get(f"/val-clair/comptoirs/{workshop.code}/lignes/{line.code}/").content.decode()
    assert "Répondre à partir de" in page
    query = query_of(line, Commitment.objects.with_words().get(pk=made.pk))
    assert parse_qs(query)["ligne"] == [line.code]
    form = client_for(lead).get(f"{URL}nouvelle/?{query}").content.decode()
    assert "Devenue l&#x27;engagement" in form
    assert "Un engagement n'est pas une réponse" in form
    assert not line.answers.exists()
    assert drafts_of(reader, line, [made]) == [], "for those who write answers"
    actions.unlink(actor=lead, commitment=made, statement=line)
    page = client_for(lead).get(f"/val-clair/comptoirs/{workshop.code}/lignes/{line.code}/").content.decode()
    assert "Répondre à partir de" not in page


def test_the_public_table_is_the_last_one_of_the_contract_in_force(deal: Any) -> None:
    assert last_snapshot(deal.lead.space) is None
    here = PriorityNeighbourhood.objects.create(code="QN00001M", name="Les Cèdres", generation=2024)
    made = deal.precise(neighbourhoods=[here], next_step="La clé", next_step_on=date(2027, 1, 1))
    for day in (date(2026, 3, 1), date(2026, 10, 8)):
        actions.take_snapshot(
            actor=deal.lead, contract=deal.contract, meeting=deal.steering, validated_by="le comité", taken_on=day
        )
    found = last_snapshot(deal.lead.space)
    assert found is not None
    assert found.taken_on == date(2026, 10, 8)
    made.neighbourhoods.clear()
    (line,) = found.lines.all()
    assert (line.next_step, line.next_step_on, line.neighbourhoods) == ("La clé", date(2027, 1, 1), ["QN00001M"])
    assert in_neighbourhood([line], "QN00001M") == [line]
    assert in_neighbourhood([line], "QN00002M") == []
    assert in_neighbourhood([SnapshotLine(neighbourhoods=[])], "QN00002M") != []
    assert links_of([made.pk]) == {}
    open_contract(actor=deal.lead, name="Le contrat d'après", starts_on=date(2030, 1, 1))
    assert last_snapshot(deal.lead.space) is None, "the contract in force has no table yet"
