"""The doors that everybody may open: only in a space that has opened its public page, and nothing else behind them."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from doors import PUBLIC

from comptoir.accounts.actions import change_look, close_space
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.contracts.actions import open_contract
from comptoir.demo.build import draw_logo
from comptoir.evaluation import actions
from comptoir.evaluation.models import Restitution
from comptoir.portal.public.actions import set_public_page
from comptoir.spaces.models import Space
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, open_workshop
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
PLAIN = "clairclair"  # the code of a frozen state whose plain page is published
# name, what follows the slug, what is posted (None: read), what one gets when the page is open
DOORS: list[tuple[str, tuple[str, ...], dict[str, str] | None, int]] = [
    ("public_page", (), None, 200),
    ("public_said", (), None, 200),
    ("public_commitments", (), None, 200),
    ("public_follow_up", (), None, 200),
    ("public_follow_up", (), {"code": "BCDFGH"}, 422),
    ("public_poster", (), None, 200),
    ("public_plain", (PLAIN,), None, 200),
    ("public_look", ("0b6e69",), None, 200),
    ("public_logo", ("0123456789ab",), None, 200),
]


def publish_plain_page(lead: Actor) -> Restitution:
    contract = open_contract(actor=lead, name="Contrat évalué", starts_on=date(2024, 1, 1))
    evaluation = actions.open_evaluation(actor=lead, contract=contract, name="Rendue", ends_on=date(2027, 10, 15))
    question = actions.propose(
        actor=lead, evaluation=evaluation, text="zinnia-question ?", college="residents", proposed_by="zinnia-groupe"
    )
    actions.write_answer(actor=lead, question=question, text="zinnia-reponse")
    actions.settle(actor=lead, question=question, status="kept")
    state = actions.freeze(actor=lead, evaluation=evaluation, moment="midterm", on=date(2026, 11, 20))
    actions.write_plain(
        actor=lead, restitution=state, asked=str(question.pk), question="Ça marche ?", answer="Un peu.\nPas partout."
    )
    actions.publish_plain(actor=lead, restitution=state, on=date(2026, 11, 21))
    Restitution.objects.filter(pk=state.pk).update(code=PLAIN)
    return state


@pytest.fixture
def page(lead: Actor) -> Space:
    change_look(actor=lead, name="Val-Clair", colour="#0b6e69", footer="", logo=draw_logo())
    set_public_page(actor=lead, opened=True)
    publish_plain_page(lead)
    return lead.space


def knock(browser: Any, space: str, name: str, args: tuple[str, ...], post: dict[str, str] | None) -> Any:
    url = reverse(name, args=(space, *args))
    return browser.get(url) if post is None else browser.post(url, post)


def test_the_table_forgets_no_address() -> None:
    assert {name for name, *_ in DOORS} == PUBLIC


def test_an_open_page_is_the_same_for_nobody_a_member_and_a_stranger(
    page: Space, lead: Actor, stranger: Actor, client_for: Any
) -> None:
    before = Entry.objects.count()
    for name, args, post, status in DOORS:
        answers = [
            knock(browser, page.slug, name, args, post)
            for browser in (LintingClient(), client_for(lead), client_for(stranger))
        ]
        assert [answer.status_code for answer in answers] == [status] * 3, name
        if b"csrf" not in answers[0].content:
            assert len({answer.content for answer in answers}) == 1, name
            assert "sessionid" not in answers[0].cookies, name
            assert not answers[0].cookies, name
    assert Entry.objects.count() == before


@pytest.mark.parametrize("state", ["never opened", "closed again", "space closed", "no such space"])
def test_a_closed_page_does_not_exist_even_for_those_who_lead(lead: Actor, client_for: Any, state: str) -> None:
    publish_plain_page(lead)
    slug = "nulle-part" if state == "no such space" else lead.space.slug
    if state in {"closed again", "space closed"}:
        set_public_page(actor=lead, opened=True)
    if state == "closed again":
        set_public_page(actor=lead, opened=False)
    browser = client_for(lead)
    if state == "space closed":
        close_space(host=None, space=lead.space)
    for who in (LintingClient(), browser):
        for name, args, post, _ in DOORS:
            assert knock(who, slug, name, args, post).status_code == 404, name


def test_an_open_page_opens_no_other_door(page: Space) -> None:
    for path in ("", "engagements/", "comptoirs/", "reponses/", "page-publique/", "journal/", "contrat/"):
        answer = LintingClient().get(f"/{page.slug}/{path}")
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/connexion/"), path


def test_a_public_page_refuses_the_methods_it_does_not_know(page: Space) -> None:
    posted = {name for name, _, post, _ in DOORS if post is not None}
    for name, args, _, _ in DOORS:
        url = reverse(name, args=(page.slug, *args))
        if name not in posted:
            assert LintingClient().post(url).status_code == 405, name
        assert LintingClient().delete(url).status_code == 405, name


def test_a_code_without_the_token_of_its_form_is_refused(page: Space) -> None:
    strict = LintingClient(enforce_csrf_checks=True)
    assert knock(strict, page.slug, "public_follow_up", (), {"code": "BCDFGH"}).status_code == 403


def test_a_page_may_be_kept_by_a_cache_and_a_code_never(page: Space) -> None:
    kept = LintingClient().get(f"/{page.slug}/public/")
    assert kept.headers["Cache-Control"] == "public, max-age=300"
    for answer in (
        LintingClient().get(f"/{page.slug}/public/suivi/"),
        LintingClient().post(f"/{page.slug}/public/suivi/", {"code": "BCDFGH"}),
    ):
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_next_comptoir_is_announced_only_when_that_was_chosen(lead: Actor) -> None:
    open_workshop(actor=lead, title="Comptoir du futur", held_on=date(2099, 1, 14), place="Préau")
    past = open_workshop(actor=lead, title="Comptoir passé", held_on=date(2020, 1, 14))
    add_comptoir(actor=lead, workshop=past, title="Habitants", subject=Subject.RESIDENTS)
    set_public_page(actor=lead, opened=True)
    url = f"/{lead.space.slug}/public/"
    assert "Dire quelque chose" not in LintingClient().get(url).content.decode()
    set_public_page(actor=lead, opened=True, announces=True, where_to_speak="Café du mardi")
    shown = LintingClient().get(url).content.decode()
    assert "Comptoir du futur" in shown
    assert "Préau" in shown
    assert "Café du mardi" in shown
    assert "Comptoir passé" not in shown


def test_a_plain_page_says_its_words_and_nothing_else_of_the_evaluation(page: Space) -> None:
    shown = LintingClient().get(f"/{page.slug}/public/clair/{PLAIN}/").content.decode()
    assert "Ça marche ?" in shown
    assert "<p>Pas partout.</p>" in shown
    assert "n'a pas été relue" in shown
    assert "zinnia" not in shown
    assert "Lestrade" not in shown


def test_a_plain_page_is_public_as_long_as_it_is_published(page: Space, lead: Actor, client_for: Any) -> None:
    address, state = f"/{page.slug}/public/clair/{PLAIN}/", Restitution.objects.get()
    staff = reverse("restitution", args=(page.slug, state.evaluation.code, 1))
    assert address in LintingClient().get(f"/{page.slug}/public/").content.decode()
    assert address in client_for(lead).get(staff).content.decode()
    actions.take_plain_back(actor=lead, restitution=state)
    for browser in (LintingClient(), client_for(lead)):
        assert browser.get(address).status_code == 404
    assert address not in LintingClient().get(f"/{page.slug}/public/").content.decode()
    assert address not in client_for(lead).get(staff).content.decode()


def test_a_plain_page_of_another_space_is_not_found(page: Space, stranger: Actor) -> None:
    set_public_page(actor=stranger, opened=True)
    assert LintingClient().get(f"/{stranger.space.slug}/public/clair/{PLAIN}/").status_code == 404


def test_a_closed_public_page_gives_no_address_to_the_members(page: Space, lead: Actor, client_for: Any) -> None:
    set_public_page(actor=lead, opened=False)
    state = Restitution.objects.get()
    staff = reverse("restitution", args=(page.slug, state.evaluation.code, 1))
    assert "sans compte" not in client_for(lead).get(staff).content.decode()
