"""Who may open what: every address and every form, tried as nobody, as a stranger and in each of the seven roles.

The tables (`doors_<room>.py`) are the rules in words of this test. A new address or a new verb that is in none fails;
so does a line that no longer holds. What an allowed person sends succeeds; what it changes is taken back after each.
"""

import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from doors import OUTSIDE, PUBLIC, Door
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.audit.models import Entry
from comptoir.spaces.models import Space
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading
from comptoir.workshops.actions import add_comptoir, open_workshop
from comptoir.workshops.urls import BOARD_VERBS, LINE_VERBS
from page_lint import LintingClient

SLUG = "val-clair"
NO_SPACE = (
    {"health", "gallery", "sign_in", "sign_out", "home"} | OUTSIDE | PUBLIC
)  # tried apart: below, test_outside_doors
NO_SPACE |= {"neighbourhoods", "neighbourhood", "neighbourhood_map", "map_background"}  # tests/territories
NO_SPACE |= {
    "check_in",
    "check_in_question",
    "check_in_thanks",
    "check_in_forward",
    "check_in_look",
    "check_in_logo",
}  # tests/commitments
NO_SPACE |= {"survey_answer", "survey_thanks", "survey_look"}  # tests/participation
NO_SPACE |= {"territory_sources", "territory_source_load", "territory_job"}  # tests/territories
TABLES = [import_module(path.stem) for path in sorted(Path(__file__).parent.glob("doors_*.py"))]
DOORS: tuple[Door, ...] = tuple(door for table in TABLES for door in table.DOORS)


def patterns(found: Any = None) -> Any:
    for entry in get_resolver().url_patterns if found is None else found:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns)
        else:
            yield entry


ADDRESSES: dict[str, URLPattern] = {str(entry.name): entry for entry in patterns()}


def rule_of(name: str) -> Any:
    view: Any = ADDRESSES[name].callback
    while not hasattr(view, "rule"):
        view = view.__wrapped__
    return view.rule


@pytest.fixture
def people(member: Any) -> dict[Role, Actor]:
    return {role: member(role) for role in Role}


@pytest.fixture
def things(lead: Actor, member: Any) -> dict[str, str]:
    """What the tables name, by name."""
    found: dict[str, str] = {}
    for table in TABLES:
        found |= table.things(lead, member)
    return found


def knock(browser: LintingClient, door: Door, things: dict[str, str], slug: str) -> Any:
    """The answer, and everything as it was before."""
    url = reverse(door.name, args=(slug, *(arg.format_map(things) for arg in door.args)))
    url += door.query.format_map(things)
    with transaction.atomic():
        if door.post is None:
            answer = browser.get(url)
        else:
            answer = browser.post(url, {key: value.format_map(things) for key, value in door.post.items()})
        transaction.set_rollback(True)
    return answer


def test_the_table_forgets_no_address_and_no_verb() -> None:
    assert {door.name for door in DOORS} | NO_SPACE == set(ADDRESSES)
    assert {door.args[-1] for door in DOORS if door.name == "board_act"} == set(BOARD_VERBS.split("|"))
    assert {door.args[-1] for door in DOORS if door.name == "line_act"} == set(LINE_VERBS.split("|"))


def test_the_table_says_what_the_rules_say() -> None:
    space = Space(slug="ici")
    for door in DOORS:
        allowed = {role for role in Role if rule_of(door.name)(Actor(None, "Ama", space, role))}
        assert allowed == door.may or (allowed > door.may and door.otherwise == 404) or "brouillon" in door.args, door


def test_every_door_opens_to_those_it_should_and_to_nobody_else(
    people: dict[Role, Actor], things: dict[str, str], client_for: Any
) -> None:
    browsers = {role: client_for(actor) for role, actor in people.items()}
    assert set(browsers) == set(Role)
    wrong = []
    for door in DOORS:
        for role, browser in browsers.items():
            status = knock(browser, door, things, SLUG).status_code
            if (role in door.may and status not in {200, 302}) or (role not in door.may and status != door.otherwise):
                wrong.append((door.name, door.args, role.value, "POST" if door.post is not None else "GET", status))
    assert wrong == []


def test_nobody_gets_in_without_signing_in(things: dict[str, str], client: LintingClient) -> None:
    before = Entry.objects.count()
    for door in DOORS:
        answer = knock(client, door, things, SLUG)
        if door.post is not None:  # what was sent is shown back, to copy: it would be lost by a redirection
            assert (answer.status_code, "Location" in answer.headers) == (401, False), door
        else:
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/connexion/"), door
    assert Entry.objects.count() == before


def test_a_stranger_sees_that_nothing_exists(stranger: Actor, things: dict[str, str], client_for: Any) -> None:
    """Neither under the address of this space, nor with the codes of its things under the address of their own."""
    browser, before = client_for(stranger), Entry.objects.count()
    for door in DOORS:
        assert knock(browser, door, things, SLUG).status_code == 404, door
        if any("{" in arg for arg in door.args):
            assert knock(browser, door, things, stranger.space.slug).status_code == 404, door
    assert Entry.objects.count() == before


def test_identities_of_another_space_are_unknown_on_ones_own_board(
    stranger: Actor, things: dict[str, str], client_for: Any
) -> None:
    """A form of one's own board, filled with the identities of a line, a column and a change of another space."""
    workshop = open_workshop(actor=stranger, title="Ailleurs", held_on=date(2026, 10, 1))
    occasion = add_comptoir(actor=stranger, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    mine = voices.add_note(actor=stranger, heading=Heading.objects.filter(occasion=occasion)[0], words="Ici")
    ours = things | {"draft": workshop.code, "occasion": occasion.code, "line": mine.code, "gathered": mine.code}
    browser, before = client_for(stranger), Entry.objects.count()
    for door in DOORS:
        if door.post and any("{" in value for value in door.post.values()):
            assert knock(browser, door, ours, stranger.space.slug).status_code == 404, door
    assert Entry.objects.count() == before


def test_a_page_refuses_the_methods_it_does_not_know(
    people: dict[Role, Actor], things: dict[str, str], client_for: Any
) -> None:
    browser = client_for(people[Role.PROJECT_LEAD])
    posted = {door.name for door in DOORS if door.post is not None}
    read = {door.name for door in DOORS if door.post is None}
    for door in DOORS:
        url = reverse(door.name, args=(SLUG, *(arg.format_map(things) for arg in door.args)))
        if door.name not in posted:
            assert browser.post(url).status_code == 405, door
        if door.name not in read:
            assert browser.get(url).status_code == 405, door
        assert browser.put(url).status_code == 405, door
        assert browser.delete(url).status_code == 405, door


def test_a_form_without_its_token_changes_nothing(people: dict[Role, Actor], things: dict[str, str]) -> None:
    browser = LintingClient(enforce_csrf_checks=True)
    browser.force_login(Membership.objects.get(space__slug=SLUG, role=Role.PROJECT_LEAD).person)
    before = Entry.objects.count()
    for door in DOORS:
        if door.post is not None:
            assert knock(browser, door, things, SLUG).status_code == 403, door
    assert Entry.objects.count() == before


def test_a_fragment_equals_the_page_reloaded(
    people: dict[Role, Actor], things: dict[str, str], client_for: Any
) -> None:
    """What htmx swaps in is what one would see after a reload, the token of the form apart."""
    browser, compared = client_for(people[Role.PROJECT_LEAD]), set()
    for door in DOORS:
        if door.post is not None:
            continue
        url = reverse(door.name, args=(SLUG, *(arg.format_map(things) for arg in door.args)))
        part, whole = browser.get(url, headers={"HX-Request": "true"}), browser.get(url)
        if whole.status_code != 200 or b"<!doctype" in part.content[:20].lower() or b"<!doctype" not in whole.content:
            continue
        root = html.fragment_fromstring(part.content.decode())
        assert bare(root) == bare(html.fromstring(whole.content.decode()).get_element_by_id(root.get("id"))), door
        compared.add(door.name)
    assert compared >= {"board", "resemblances", "job"}


def bare(node: Any) -> str:
    text = html.tostring(node, encoding="unicode", with_tail=False)
    return re.sub(r"\s+", " ", re.sub(r'value="[A-Za-z0-9]{64}"', "", text))


def test_what_is_outside_the_spaces(client: LintingClient, stranger: Actor, client_for: Any) -> None:
    assert client.get("/sante/").json() == {"database": "ok"}
    assert client.get("/connexion/").status_code == 200
    assert Client().get("/composants/").status_code == 200  # it shows code: the linter would see it
    for url in ("/", "/deconnexion/"):
        assert client.get(url).headers["Location"].startswith("/connexion/?next=")
    browser = client_for(stranger)
    assert browser.get("/").headers["Location"] == "/autre-rive/"
    assert browser.get("/deconnexion/").status_code == 405
    assert browser.post("/deconnexion/").headers["Location"] == "/connexion/"
    assert browser.get("/").headers["Location"].startswith("/connexion/")
