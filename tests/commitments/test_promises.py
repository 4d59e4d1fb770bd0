"""Promises: who writes, sees, publishes and follows them, in which state (docs/guide/tableau-de-bord.md)."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.models import Promise, PromiseCapacity
from comptoir.commitments.rules import may_follow_promise, may_publish_promise, may_see_promise
from comptoir.commitments.told import promises_seen_by
from comptoir.contracts.actions import open_contract, set_perimeter
from comptoir.keeping.erasing import ERASED_NAME, erase_person
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.territories.models import PriorityNeighbourhood

CALM, BEFORE_VOTE = date(2026, 9, 15), date(2026, 11, 26)  # out of a pre-election period, and inside one
URL = "/val-clair/engagements/paroles-donnees/"
TEAM = {Role.PROJECT_LEAD, Role.FACILITATOR}


def membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("person").get(space=actor.space, person=actor.person_id)


def promise(deal: Any, actor: Actor, on: date = CALM, **given: Any) -> Promise:
    asked = {"text": "Des bancs à l'ombre", "made_on": on, "author": membership(actor)}
    return actions.write_promise(actor=actor, contract=deal.contract, on=on, **(asked | given))


@pytest.fixture
def official(member: Any) -> Actor:
    return member(Role.ELECTED_OFFICIAL)


@pytest.mark.parametrize("role", list(Role))
def test_who_gives_their_word(deal: Any, member: Any, role: Role) -> None:
    if role in TEAM | {Role.REFERENT, Role.ELECTED_OFFICIAL}:
        assert promise(deal, member(role)).author_id == member(role).person_id
    else:
        with pytest.raises(Refused):
            promise(deal, member(role))


@pytest.mark.parametrize("state", ["private", "published", "withdrawn"])
@pytest.mark.parametrize("role", list(Role))
def test_who_sees_a_promise_by_role_and_state(
    deal: Any, member: Any, official: Actor, client_for: Any, role: Role, state: str
) -> None:
    found, actor = promise(deal, official), member(role)
    if state == "published":
        actions.publish_promise(actor=official, promise=found)
    if state == "withdrawn":
        actions.withdraw_promise(actor=official, promise=found)
    found.refresh_from_db()
    seen = {"private": role in TEAM | {Role.ELECTED_OFFICIAL}, "published": True, "withdrawn": False}[state]
    browser = client_for(actor)
    assert browser.get(f"{URL}{found.code}/").status_code == (200 if seen else 404)
    assert ("Des bancs" in browser.get(URL).content.decode()) is seen
    assert promises_seen_by(actor).exists() is seen
    if state != "withdrawn":
        assert may_see_promise(actor, found) is seen
    assert may_publish_promise(actor, found) is (role == Role.ELECTED_OFFICIAL)
    assert may_follow_promise(actor, found) is (role in TEAM | {Role.ELECTED_OFFICIAL})


def test_another_official_does_not_see_a_private_promise(deal: Any, official: Actor, member: Any) -> None:
    found = promise(deal, member(Role.REFERENT))
    assert not may_see_promise(official, found)
    assert not may_follow_promise(official, found)
    with pytest.raises(Refused):
        actions.follow_promise(actor=official, promise=found, fate="kept", explanation="", on=CALM)


def test_the_team_writes_somebody_elses_with_their_consent_only(deal: Any, official: Actor) -> None:
    with pytest.raises(Invalid, match="accord") as refused:
        promise(deal, deal.lead, author=membership(official))
    assert refused.value.field == "consented"
    found = promise(deal, deal.lead, author=membership(official), consented=True)
    assert (found.author_id, found.elected, found.created_by_id) == (official.person_id, True, deal.lead.person_id)
    with pytest.raises(Refused, match="propres"):
        promise(deal, official, author=membership(deal.lead), consented=True)


def test_before_a_vote_nobody_writes_for_an_elected_official(deal: Any, official: Actor, member: Any) -> None:
    for given in ({"author": membership(official)}, {"author": None, "author_name": "Le maire", "elected": True}):
        with pytest.raises(Refused, match="02/05/2027"):
            promise(deal, deal.lead, BEFORE_VOTE, consented=True, **given)
    assert promise(deal, official, BEFORE_VOTE).elected
    assert promise(deal, deal.lead, BEFORE_VOTE, author=membership(member(Role.REFERENT)), consented=True)
    assert promise(deal, deal.lead, BEFORE_VOTE, author=None, author_name="Une voisine", consented=True)


def test_only_its_author_publishes_and_without_an_account_nobody(deal: Any, official: Actor) -> None:
    found = promise(deal, deal.lead, author=membership(official), consented=True)
    with pytest.raises(Refused, match="Seule la personne"):
        actions.publish_promise(actor=deal.lead, promise=found)
    published = actions.publish_promise(actor=official, promise=found)
    assert actions.publish_promise(actor=official, promise=found).published_at == published.published_at
    unknown = promise(deal, deal.lead, author=None, author_name="Une voisine", consented=True)
    assert not any(may_publish_promise(actor, unknown) for actor in (deal.lead, official))


def test_without_follow_up_it_says_why(deal: Any, official: Actor) -> None:
    found = promise(deal, official)
    given = {"actor": official, "promise": found, "on": CALM}
    with pytest.raises(Invalid, match="pourquoi"):
        actions.follow_promise(**given, fate="without_follow_up", explanation="  ")
    with pytest.raises(Invalid):
        actions.follow_promise(**given, fate="perhaps", explanation="")
    told = actions.follow_promise(**given, fate="without_follow_up", explanation="Le terrain a été vendu")
    assert (told.fate_on, told.followed) == (CALM, True)
    again = actions.follow_promise(**given, fate="open", explanation="")
    assert (again.fate_on, again.followed, again.explanation) == (None, False, "")


def test_it_becomes_a_commitment_of_its_own_contract(deal: Any, official: Actor) -> None:
    found, commitment = promise(deal, official), deal.commit()
    with pytest.raises(Refused):
        actions.become_commitment(actor=official, promise=found, commitment=commitment)
    assert actions.become_commitment(actor=deal.lead, promise=found, commitment=commitment).followed
    other = open_contract(actor=deal.lead, name="Un autre contrat")
    elsewhere = actions.write_promise(
        actor=official, contract=other, text="Ailleurs", made_on=CALM, on=CALM, author=membership(official)
    )
    with pytest.raises(Refused, match="contrat"):
        actions.become_commitment(actor=deal.lead, promise=elsewhere, commitment=commitment)


def test_once_published_only_its_author_withdraws_it(deal: Any, official: Actor) -> None:
    private, public = promise(deal, official), promise(deal, official)
    actions.publish_promise(actor=official, promise=public)
    actions.withdraw_promise(actor=deal.lead, promise=private)
    with pytest.raises(Refused):
        actions.withdraw_promise(actor=deal.lead, promise=public)
    actions.withdraw_promise(actor=official, promise=public)
    with pytest.raises(Conflict, match="retirée"):
        actions.publish_promise(actor=official, promise=public)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"made_on": date(2026, 9, 16)}, "made_on"),
        ({"author": None, "author_name": "", "consented": True}, "author_name"),
    ],
    ids=["empty", "too long", "to come", "nobody"],
)
def test_what_cannot_be_a_promise_is_refused_by_its_field(deal: Any, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        promise(deal, deal.lead, **given)
    assert refused.value.field == field
    assert not Promise.objects.exists()


def test_a_stranger_promises_nothing_here(deal: Any, stranger: Actor, official: Actor) -> None:
    found = promise(deal, official)
    for attempt in (
        lambda: promise(deal, stranger),
        lambda: actions.follow_promise(actor=stranger, promise=found, fate="kept", explanation="", on=CALM),
        lambda: actions.set_capacity(actor=stranger, contract=deal.contract, most=3),
        lambda: actions.become_commitment(actor=stranger, promise=found, commitment=deal.commit()),
    ):
        with pytest.raises(Refused):
            attempt()


def test_more_open_promises_than_can_be_kept_alert_the_team_alone(
    deal: Any, official: Actor, client_for: Any, reader: Actor
) -> None:
    PriorityNeighbourhood.objects.create(code="QN08106M", name="Cantepau", generation=2024)
    set_perimeter(actor=deal.lead, contract=deal.contract, codes=["QN08106M"])
    form = {"all": "1", "QN08106M": ""}
    assert client_for(deal.lead).post(f"{URL}capacite/", form).status_code == 302
    deal.commit()
    promises = [promise(deal, official) for _ in range(2)]
    for one in promises:
        actions.publish_promise(actor=official, promise=one)

    def alerted(actor: Actor) -> bool:
        pages = [client_for(actor).get(url).content.decode() for url in ("/val-clair/", URL)]
        found = ["plus que les 1 que le partenariat" in page for page in pages]
        assert found[0] == found[1]
        return found[0]

    assert alerted(deal.lead)
    assert not alerted(official)
    assert not alerted(reader)
    actions.follow_promise(actor=official, promise=promises[0], fate="kept", explanation="", on=CALM)
    assert not alerted(deal.lead)
    actions.set_capacity(actor=deal.lead, contract=deal.contract, most=None)
    assert not PromiseCapacity.objects.exists()
    with pytest.raises(Invalid):
        actions.set_capacity(actor=deal.lead, contract=deal.contract, most=-1)


def test_nothing_typed_is_lost_when_a_promise_is_refused(deal: Any, client_for: Any) -> None:
    answer = client_for(deal.lead).post(
        f"{URL}nouvelle/", {"text": "Un abri pour le bus", "author_name": "Une voisine", "made_on": "2026-09-01"}
    )
    page = html.document_fromstring(answer.content.decode())
    assert answer.status_code == 422
    assert page.xpath("//textarea[@name='text']")[0].text.strip() == "Un abri pour le bus"
    assert "accord" in " ".join(page.xpath("//*[@class='errors']")[0].text_content().split())


def test_the_journal_of_promises_holds_none_of_their_words(deal: Any, official: Actor) -> None:
    found = promise(deal, official, text="Des zinnias partout", occasion="zinnia")
    actions.publish_promise(actor=official, promise=found)
    actions.follow_promise(actor=official, promise=found, fate="kept", explanation="zinnia", on=CALM)
    actions.become_commitment(actor=deal.lead, promise=found, commitment=deal.commit())
    actions.withdraw_promise(actor=official, promise=found)
    actions.set_capacity(actor=deal.lead, contract=deal.contract, most=4)
    lines = Entry.objects.of(deal.lead.space).filter(action__contains="promise")
    assert set(lines.values_list("action", flat=True)) == {
        "commitments.write_promise", "commitments.publish_promise", "commitments.follow_promise",
        "commitments.withdraw_promise",
    }  # fmt: skip
    written = Entry.objects.of(deal.lead.space).filter(action__startswith="commitments.")
    assert {"commitments.become_commitment", "commitments.set_capacity"} <= set(
        written.values_list("action", flat=True)
    )
    assert not any("zinnia" in f"{line.label} {line.details}".lower() for line in written)


def test_an_erased_person_leaves_no_name_on_their_word(deal: Any, official: Actor) -> None:
    found = promise(deal, official)
    actions.publish_promise(actor=official, promise=found)
    told = erase_person("elected_official@exemple.fr", do=True)
    assert any("Paroles données sous son nom : 1" in line for line in told.lines)
    found.refresh_from_db()
    assert (found.author_id, found.author_name, found.text) == (None, ERASED_NAME, "Des bancs à l'ombre")
