"""Watch-keepers and their flags: who watches, who asks, who answers, and what shows (docs/guide/tableau-de-bord.md)."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.models import Flag, WatchKeeper
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces.models import Mail

ON, LATER = date(2026, 11, 10), date(2026, 11, 20)
ANSWERING = {Role.PROJECT_LEAD, Role.FACILITATOR, Role.REFERENT}


def text(answer: Any) -> str:
    return " ".join(html.document_fromstring(answer.content.decode()).text_content().split())


@pytest.fixture
def resident(member: Any) -> Actor:
    return member(Role.COUNCIL_MEMBER)


@pytest.fixture
def flagged(deal: Any, resident: Actor) -> Flag:
    commitment = deal.precise()
    actions.watch(actor=resident, commitment=commitment, since=ON)
    return actions.raise_flag(actor=resident, commitment=commitment, text="Quand les clés ?", on=ON)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_council_takes_a_commitment_under_watch(deal: Any, member: Any, role: Role) -> None:
    commitment = deal.precise()
    if role == Role.COUNCIL_MEMBER:
        for _ in range(2):
            actions.watch(actor=member(role), commitment=commitment, since=ON)
        assert WatchKeeper.objects.count() == 1
    else:
        with pytest.raises(Refused):
            actions.watch(actor=member(role), commitment=commitment, since=ON)


@pytest.mark.parametrize("role", list(Role))
def test_the_team_names_residents_alone(deal: Any, member: Any, role: Role) -> None:
    member(role)
    named = Membership.objects.select_related("person").get(space=deal.lead.space, role=role)
    asked = {"commitment": deal.precise(), "member": named, "since": ON}
    if role in {Role.COUNCIL_MEMBER, Role.READER}:
        actions.name_watch_keeper(actor=deal.lead, **asked)
        assert actions.raise_flag(actor=member(role), commitment=asked["commitment"], text="Quand ?", on=ON)
    else:
        with pytest.raises(Invalid, match="habitant"):
            actions.name_watch_keeper(actor=deal.lead, **asked)
    with pytest.raises(Refused):
        actions.name_watch_keeper(actor=member(Role.REFERENT), **asked)


def test_whoever_does_not_watch_asks_nothing(deal: Any, resident: Actor, flagged: Flag, stranger: Actor) -> None:
    other = deal.commit("Un autre engagement")
    for actor, commitment in ((resident, other), (deal.lead, flagged.commitment), (stranger, flagged.commitment)):
        with pytest.raises(Refused):
            actions.raise_flag(actor=actor, commitment=commitment, text="Quand ?", on=ON)
    with pytest.raises(Invalid, match="question"):
        actions.raise_flag(actor=resident, commitment=flagged.commitment, text="  ", on=ON)


@pytest.mark.parametrize("answered", [False, True], ids=["waiting", "answered"])
@pytest.mark.parametrize("role", list(Role))
def test_who_answers_and_what_everybody_reads(
    deal: Any, member: Any, flagged: Flag, client_for: Any, role: Role, answered: bool
) -> None:
    actor = member(role)
    if answered:
        actions.answer_flag(actor=deal.lead, flag=flagged, answer="En mars, au printemps", on=LATER)
    page = client_for(actor).get(f"/val-clair/engagements/{flagged.commitment.code}/")
    read = text(page)
    assert "Quand les clés ?" in read
    assert ("En mars, au printemps" in read) is answered
    assert ("sans réponse" in read) is not answered
    answers = f"/drapeaux/{flagged.code}/repondre/" in page.content.decode()
    assert answers is (role in ANSWERING)
    if role in ANSWERING:
        assert actions.answer_flag(actor=actor, flag=flagged, answer="En avril", on=LATER).answered_on == LATER
    else:
        with pytest.raises(Refused):
            actions.answer_flag(actor=actor, flag=flagged, answer="En avril", on=LATER)


def test_whoever_raised_a_flag_is_told_once_that_it_is_answered(
    deal: Any, resident: Actor, flagged: Flag, settings: Any
) -> None:
    settings.COMPTOIR_URL = "https://comptoir.exemple.fr"
    for answer in ("En mars", "En mars, le 12"):  # the second corrects the first
        actions.answer_flag(actor=deal.lead, flag=flagged, answer=answer, on=LATER)
    letter = Mail.objects.get()
    assert (letter.to, letter.space) == ("council_member@exemple.fr", deal.lead.space)
    assert letter.subject == "Une réponse à votre drapeau"
    assert "posé le 10 novembre 2026 sur l'engagement « Rouvrir le local de la tour 4 »" in letter.text
    assert f"https://comptoir.exemple.fr/val-clair/engagements/{flagged.commitment.code}/#drapeaux" in letter.text
    assert "En mars" not in letter.text, "the answer is read on its page, where it may be corrected"


@pytest.mark.parametrize("gone", ["left", "closed", "erased", "nobody"])
def test_no_letter_to_whoever_has_left(deal: Any, resident: Actor, flagged: Flag, gone: str) -> None:
    person = Person.objects.filter(pk=resident.person_id)
    match gone:
        case "left":
            Membership.objects.filter(person=resident.person_id).update(until=date(2026, 1, 1))
        case "closed":
            person.update(is_active=False)
        case "erased":
            person.update(email="")
        case "nobody":
            Flag.objects.update(raised_by=None)
    actions.answer_flag(actor=deal.lead, flag=flagged, answer="En mars", on=LATER)
    assert not Mail.objects.exists()


def test_the_referent_of_another_signatory_does_not_answer(deal: Any, member: Any, resident: Actor) -> None:
    commitment = deal.precise(signatory=deal.town)
    actions.watch(actor=resident, commitment=commitment, since=ON)
    flag = actions.raise_flag(actor=resident, commitment=commitment, text="Quand ?", on=ON)
    with pytest.raises(Refused):
        actions.answer_flag(actor=member(Role.REFERENT), flag=flag, answer="À leur place", on=LATER)


def test_a_flag_is_taken_off_by_whoever_raised_it_until_it_is_answered(
    deal: Any, resident: Actor, flagged: Flag
) -> None:
    with pytest.raises(Refused):
        actions.withdraw_flag(actor=deal.lead, flag=flagged)
    actions.withdraw_flag(actor=resident, flag=flagged)
    with pytest.raises(Conflict, match="retiré"):
        actions.answer_flag(actor=deal.lead, flag=flagged, answer="Trop tard", on=LATER)
    other = actions.raise_flag(actor=resident, commitment=flagged.commitment, text="Et le loyer ?", on=ON)
    actions.answer_flag(actor=deal.lead, flag=other, answer="Gratuit", on=LATER)
    with pytest.raises(Conflict, match="réponse"):
        actions.withdraw_flag(actor=resident, flag=other)


def test_a_watch_ends_by_oneself_or_by_the_team(deal: Any, resident: Actor, flagged: Flag, reader: Actor) -> None:
    keeper = WatchKeeper.objects.select_related("commitment").get()
    with pytest.raises(Refused):
        actions.stop_watching(actor=reader, watch_keeper=keeper)
    actions.stop_watching(actor=resident, watch_keeper=keeper)
    assert Flag.objects.filter(withdrawn_at=None).count() == 1
    again = actions.watch(actor=resident, commitment=flagged.commitment, since=LATER)
    actions.stop_watching(actor=deal.lead, watch_keeper=again)
    assert not WatchKeeper.objects.exists()


def test_names_of_watch_keepers_are_for_the_team(deal: Any, flagged: Flag, member: Any, client_for: Any) -> None:
    url = f"/val-clair/engagements/{flagged.commitment.code}/"
    assert "Camille council_member" in text(client_for(deal.lead).get(url))
    for role in (Role.REFERENT, Role.ELECTED_OFFICIAL, Role.READER):
        assert "Camille council_member" not in text(client_for(member(role)).get(url))


def test_an_odd_identity_is_not_found(deal: Any, flagged: Flag, client_for: Any) -> None:
    url = f"/val-clair/engagements/{flagged.commitment.code}/vigie/arreter/"
    assert client_for(deal.lead).post(url, {"vigie": "nobody"}).status_code == 404
    keeper = WatchKeeper.objects.get()
    assert client_for(deal.lead).post(url, {"vigie": str(keeper.pk)}).status_code == 302


def test_the_journal_of_flags_holds_none_of_their_words(deal: Any, resident: Actor) -> None:
    commitment = deal.precise()
    keeper = actions.watch(actor=resident, commitment=commitment, since=ON)
    flag = actions.raise_flag(actor=resident, commitment=commitment, text="Zinnia ?", on=ON)
    actions.answer_flag(actor=deal.lead, flag=flag, answer="Zinnia.", on=ON)
    other = actions.raise_flag(actor=resident, commitment=commitment, text="Zinnia encore ?", on=ON)
    actions.withdraw_flag(actor=resident, flag=other)
    actions.stop_watching(actor=resident, watch_keeper=keeper)
    named = Membership.objects.select_related("person").get(space=deal.lead.space, role=Role.COUNCIL_MEMBER)
    actions.name_watch_keeper(actor=deal.lead, commitment=commitment, member=named, since=ON)
    lines = Entry.objects.of(deal.lead.space).filter(object_id=commitment.pk)
    assert set(lines.values_list("action", flat=True)) >= {
        f"commitments.{name}"
        for name in ("watch", "raise_flag", "answer_flag", "withdraw_flag", "stop_watching", "name_watch_keeper")
    }
    assert not any("zinnia" in f"{line.label} {line.details}".lower() for line in lines)
