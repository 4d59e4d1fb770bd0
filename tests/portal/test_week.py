"""« Ma semaine »: what waits for the team, part by part, in the order of the design; nobody else sees silence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.slots import WeekPart, WeekPiece, week
from comptoir.commitments import actions
from comptoir.commitments.models import CheckInRequest, Commitment
from comptoir.contracts.actions import add_contact, add_signatory, open_body, open_contract, plan_meeting
from comptoir.contracts.models import CityContract
from comptoir.portal.week import parts_of
from comptoir.voices.actions import add_note, answer, publish_answers, tally
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.actions import add_comptoir, leave_others, open_workshop, publish, validate

URL = "/val-clair/ma-semaine/"


def words(node: Any) -> str:
    return " ".join(" ".join(node.itertext()).split())


def parts(page: Any) -> dict[str, str]:
    """Heading to what is under it."""
    tree = html.document_fromstring(page.content.decode())
    found = tree.xpath("//main//section[h2]")
    return {words(section.find("h2")): words(section) for section in found}


@pytest.fixture
def contract(lead: Actor) -> CityContract:
    return open_contract(actor=lead, name="Contrat de Val-Clair")


def commit(lead: Actor, contract: CityContract, name: str, **details: Any) -> Commitment:
    """A commitment of an organisation of its own, with somebody to ask."""
    signatory = add_signatory(actor=lead, contract=contract, organisation=organisation_named(f"Régie {name}"))
    someone = add_contact(
        actor=lead, signatory=signatory, name=name, email=f"{name}@exemple.fr", phone="05 00 00 00 01"
    )
    return actions.write(
        actor=lead, signatory=signatory, wording=f"Rouvrir le local {name}", contact=someone, **details
    )


def ask(lead: Actor, contract: CityContract, days: int = 20) -> None:
    """A round opened some days ago; its letters have left."""
    day = timezone.localdate() - timedelta(days)
    actions.open_round(
        actor=lead, contract=contract, on=day, starts_on=day, spread_days=1, per_person=5, substitute_after=0
    )
    CheckInRequest.objects.update(delivery="sent", send_on=day)


def told(lead: Actor, commitment: Commitment, answer: str) -> None:
    actions.reply(actor=lead, commitment=commitment, answer=answer, channel="phone", on=timezone.localdate())


def test_each_part_says_what_waits(lead: Actor, contract: CityContract, client_for: Callable[[Actor], Any]) -> None:
    today = timezone.localdate()
    names = ("zelie", "odon", "maud", "ines", "late", "gone")
    rows = {name: commit(lead, contract, name) for name in names}
    actions.change(actor=lead, commitment=rows["ines"], due_on=today + timedelta(12))
    actions.change(actor=lead, commitment=rows["late"], due_on=today - timedelta(3))
    ask(lead, contract)
    told(lead, rows["zelie"], "ongoing")
    told(lead, rows["odon"], "stuck")
    told(lead, rows["gone"], "obsolete")
    CheckInRequest.objects.filter(commitment=rows["maud"]).update(delivery="failed")
    actions.give_evidence(
        actor=lead, commitment=rows["zelie"], kind="link", url="https://exemple.fr", label="Le bilan", given_on=today
    )
    body = open_body(actor=lead, contract=contract, name="Comité technique")
    plan_meeting(actor=lead, body=body, held_on=today + timedelta(9))
    found = parts(client_for(lead).get(URL))
    assert list(found) == [part.value for part in WeekPart if part not in {WeekPart.RESIDENTS, WeekPart.FIGURES}]
    assert "En cours Rouvrir le local zelie" in found["Réponses reçues"]
    calls = found["À appeler"]
    order = [calls.index(f"{name} , Régie") for name in ("maud", "odon", "ines", "late")]
    assert order[:2] == sorted(order)[:2]  # could not be reached, then stuck, then silent
    assert "05 00 00 00 01" in calls
    assert "zelie" not in calls
    assert "Rouvrir le local ines" in found["Échéances sous 30 jours"]
    assert "late" not in found["Échéances sous 30 jours"]
    agenda = found["Préparer la réunion"]
    assert "Comité technique" in agenda
    for said in (
        "Rouvrir le local late Régie late échéance passée", "« Plus d'actualité », dit le signataire",
        "Ça coince Rouvrir le local odon", "Sans réponse au point d'étape", "Pièces à confirmer Le bilan",
    ):  # fmt: skip
        assert said in agenda


def test_five_people_at_most_are_to_be_called_and_the_others_are_counted(
    lead: Actor, contract: CityContract, client_for: Callable[[Actor], Any]
) -> None:
    for n in range(7):
        commit(lead, contract, f"personne{n}")
    ask(lead, contract)
    calls = parts(client_for(lead).get(URL))["À appeler"]
    assert calls.count("Remplir sa feuille") == 5
    assert "Et 2 autres personnes ensuite" in calls


def test_nobody_is_told_to_call_themselves(
    lead: Actor, contract: CityContract, client_for: Callable[[Actor], Any]
) -> None:
    commit(lead, contract, lead.name.replace(" ", "-"))
    ask(lead, contract)
    assert "Ama-Lestrade , Régie" in parts(client_for(lead).get(URL))["À appeler"]
    CheckInRequest.objects.get().contact.__class__.objects.update(person=lead.person_id)
    assert "Ama-Lestrade , Régie" not in parts(client_for(lead).get(URL))["À appeler"]


def test_an_answer_of_ten_days_wait_is_not_asked_for_before(
    lead: Actor, contract: CityContract, client_for: Callable[[Actor], Any]
) -> None:
    commit(lead, contract, "zelie")
    ask(lead, contract, days=9)
    assert "Personne à appeler" in parts(client_for(lead).get(URL))["À appeler"]


def test_the_next_round_is_proposed_when_its_time_comes(
    lead: Actor, facilitator: Actor, contract: CityContract, client_for: Callable[[Actor], Any]
) -> None:
    proposal = "Ouvrir le prochain point d'étape"
    commit(lead, contract, "zelie")
    assert proposal in parts(client_for(lead).get(URL))["Réponses reçues"]
    assert proposal not in parts(client_for(facilitator).get(URL))["Réponses reçues"]  # the lead decides
    ask(lead, contract)
    assert proposal not in parts(client_for(lead).get(URL))["Réponses reçues"]
    actions.close_round(actor=lead, found=contract.check_in_rounds.get(), on=timezone.localdate())
    assert proposal not in parts(client_for(lead).get(URL))["Réponses reçues"]


def test_an_empty_space_is_told_where_to_begin(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    page = client_for(lead).get(URL)
    assert parts(page) == {}
    assert "Commencez par le contrat" in page.content.decode()


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_silence_is_for_the_team_alone(
    role: Role, lead: Actor, member: Callable[[str], Actor], client_for: Callable[[Actor], Any]
) -> None:
    status = client_for(member(role)).get(URL).status_code
    assert status == (200 if role in {Role.PROJECT_LEAD, Role.FACILITATOR} else 403)


def test_a_room_fills_the_part_it_has_something_for(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "_fillings", [])
    piece = WeekPiece("kit/parts/mark.html", {}, WeekPart.RESIDENTS, 3)
    week.fill(lambda actor, spaces: {space.pk: [piece] for space in spaces}, rule=lambda actor, space: True)
    (part,) = parts_of(lead)
    assert (part.title, part.count, part.pieces) == ("Habitants à qui répondre", 3, [piece])


@pytest.mark.parametrize("count", [1, 20])
def test_the_week_costs_as_many_questions_whatever_waits(
    lead: Actor, contract: CityContract, client_for: Callable[[Actor], Any], count: int,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    rows = [commit(lead, contract, f"personne{n}", due_on=timezone.localdate()) for n in range(count)]
    ask(lead, contract)
    told(lead, rows[0], "stuck")
    browser = client_for(lead)
    with django_assert_max_num_queries(12):
        assert browser.get(URL).status_code == 200
    actions.close_round(actor=lead, found=contract.check_in_rounds.get(), on=timezone.localdate())
    with django_assert_max_num_queries(12):
        assert browser.get(URL).status_code == 200


def test_residents_to_answer_are_the_lines_said_most_and_never_answered(lead: Actor, client_for: Any) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'octobre")
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    heading = occasion.headings.exclude(kind=HeadingKind.WHO)[0]
    often, _ = (add_note(actor=lead, heading=heading, words=said) for said in ("Des bancs", "Un marché"))
    tally(actor=lead, line=often)
    assert "Habitants à qui répondre" not in parts(client_for(lead).get(URL))
    version = validate(actor=lead, workshop=workshop)
    leave_others(actor=lead, version=version)
    publish(actor=lead, version=version)
    told = parts(client_for(lead).get(URL))["Habitants à qui répondre"]
    assert told.index("Des bancs") < told.index("Un marché")
    written = answer(
        actor=lead, lines=[often], kind="adopted", reasons="C'est prévu", decided_by="La Ville",
        decided_on=timezone.localdate(),
    )  # fmt: skip
    publish_answers(actor=lead, answers=written)
    told = parts(client_for(lead).get(URL))["Habitants à qui répondre"]
    assert "Un marché" in told
    assert "Des bancs" not in told
