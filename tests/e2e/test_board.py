"""The live board: mouse, keys, focus, announcements; two people at once, a stale tab, a double click, no network."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from visits import FACILITATOR, Visits, bring, button, link, unique

pytestmark = pytest.mark.browser
BENCH = "Le banc sous le tilleul, on y reste discuter"
TRAILER = "Les voisins se prêtent la remorque"
SOUP = "La soupe du vendredi devant la laverie"
PAINT = "Peindre les boîtes aux lettres"


@pytest.fixture
def board(visits: Visits) -> Page:
    """The board of notes of one's own, as the project lead sees it."""
    page = visits.enter()
    page.goto(f"{bring(page)}relire/")
    return page


def note(page: Page | Locator, words: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=words)


def column(page: Page, label: str) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{label}"))


def expect_announced(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status")).to_have_text(re.compile(sentence))


def focus(page: Page, words: str) -> None:
    link(page, words).focus()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_note_dropped_on_another_is_gathered_with_it_and_can_be_taken_back(board: Page) -> None:
    note(board, TRAILER).drag_to(note(board, BENCH))
    expect_announced(board, "Notes rapprochées")
    expect(link(board, TRAILER)).to_have_count(0)
    expect(note(board, BENCH)).to_contain_text("dit 4 fois")
    expect(note(board, BENCH)).to_contain_text("2 rapprochées")
    expect(link(board, BENCH)).to_be_focused()
    board.get_by_role("button", name=re.compile("^Annuler")).click()
    expect_announced(board, "Annulé")
    expect(link(board, TRAILER)).to_be_visible()
    expect(note(board, BENCH)).to_contain_text("dit 3 fois")


def test_a_note_dropped_on_a_column_goes_there(board: Page) -> None:
    note(board, TRAILER).drag_to(column(board, "Invention").get_by_role("heading"))
    expect_announced(board, "Note mise dans")
    expect(note(column(board, "Invention"), TRAILER)).to_be_visible()
    expect(link(board, TRAILER)).to_be_focused()
    board.reload()
    expect(note(column(board, "Invention"), TRAILER)).to_be_visible()


def test_plus_counts_a_note_once_more_and_keeps_the_focus(board: Page) -> None:
    focus(board, SOUP)
    press(board, "+")
    expect(note(board, SOUP)).to_contain_text("dit 3 fois")
    expect_announced(board, "Une fois de plus")
    expect(link(board, SOUP)).to_be_focused()
    press(board, "+")
    expect(note(board, SOUP)).to_contain_text("dit 4 fois")
    press(board, "z")
    expect(note(board, SOUP)).to_contain_text("dit 3 fois")
    expect(link(board, SOUP)).to_be_focused()


def test_the_focus_is_back_as_soon_as_the_board_is_swapped(board: Page) -> None:
    """Somebody who types fast presses the next key before htmx has settled: it must find its note."""
    board.evaluate(
        """() => document.addEventListener("htmx:afterSwap", () => {
             document.body.dataset.focused = document.activeElement.textContent.trim(); })"""
    )
    focus(board, SOUP)
    press(board, "+")
    expect(board.locator("body")).to_have_attribute("data-focused", SOUP)


def test_r_then_r_gathers_two_notes(board: Page) -> None:
    focus(board, PAINT)
    press(board, "r")
    expect_announced(board, "Note prise")
    focus(board, SOUP)
    press(board, "r")
    expect_announced(board, "Notes rapprochées")
    expect(link(board, PAINT)).to_have_count(0)
    expect(note(board, SOUP)).to_contain_text("dit 3 fois")
    expect(link(board, SOUP)).to_be_focused()


def test_a_picked_note_is_put_down_by_escape(board: Page) -> None:
    focus(board, PAINT)
    press(board, "r", "Escape")
    expect_announced(board, "Note reposée")
    focus(board, SOUP)
    press(board, "r")
    expect(link(board, PAINT)).to_be_visible()


def test_a_digit_sends_a_note_to_that_column(board: Page) -> None:
    focus(board, PAINT)
    press(board, "4")
    expect_announced(board, "Note mise dans")
    expect(column(board, "Invention").get_by_role("link", name=PAINT)).to_be_focused()


def test_arrows_go_from_note_to_note(board: Page) -> None:
    focus(board, BENCH)
    press(board, "ArrowDown")
    expect(link(board, TRAILER)).to_be_focused()
    press(board, "ArrowRight")
    expect(link(board, PAINT)).to_be_focused()
    press(board, "ArrowUp")
    expect(link(board, SOUP)).to_be_focused()
    press(board, "ArrowLeft")
    expect(link(board, BENCH)).to_be_focused()


def test_letters_typed_in_a_field_are_letters(board: Page) -> None:
    field = column(board, "Intérêt").get_by_role("textbox")
    field.click()
    board.keyboard.type("zr+1")
    expect(field).to_have_value("zr+1")
    expect(link(board, BENCH)).to_be_visible()


def test_a_note_is_added_and_the_next_one_can_be_typed(board: Page) -> None:
    place = column(board, "Intérêt")
    place.get_by_role("textbox").fill("On sait à quelle porte frapper")
    place.get_by_role("button", name="Ajouter", exact=True).click()
    expect_announced(board, "Note ajoutée")
    expect(link(board, "On sait à quelle porte frapper")).to_be_visible()
    expect(place.get_by_role("textbox")).to_have_value("")
    expect(place.get_by_role("textbox")).to_be_focused()


def test_what_one_does_appears_on_the_other_screen(board: Page, visits: Visits) -> None:
    other = visits.enter(board.url, role=FACILITATOR)
    focus(other, BENCH)
    focus(board, SOUP)
    press(board, "+")
    expect(note(other, SOUP)).to_contain_text("dit 3 fois", timeout=8_000)
    expect(link(other, BENCH)).to_be_focused()
    press(other, "+")
    expect(note(board, BENCH)).to_contain_text("dit 4 fois", timeout=8_000)


def deaf(page: Page) -> None:
    """This screen gets no news any more: a tab that slept."""
    revision = page.locator("[data-revision]").get_attribute("data-revision")
    page.route("**/etat/", lambda route: _same(route, revision))


def _same(route: Route, revision: str | None) -> None:
    route.fulfill(json={"revision": revision})


def test_a_stale_tab_gets_one_clear_sentence_and_keeps_its_board(board: Page, visits: Visits) -> None:
    stale = visits.enter(board.url, role=FACILITATOR)
    deaf(stale)
    note(board, TRAILER).get_by_role("link").click()
    button(board, "Retirer du tableau").click()
    visits.forgive(" 409 ")
    note(stale, TRAILER).get_by_role("button").click()
    expect(stale.get_by_role("alert")).to_have_text(re.compile("quelqu'un l'a retirée"))
    expect(link(stale, BENCH)).to_be_visible()
    expect(stale.get_by_role("main")).to_have_count(1)


def test_a_stale_tab_that_gathers_an_already_gathered_note_loses_nothing(board: Page, visits: Visits) -> None:
    stale = visits.enter(board.url, role=FACILITATOR)
    deaf(stale)
    note(board, TRAILER).drag_to(note(board, BENCH))
    expect_announced(board, "Notes rapprochées")
    note(stale, TRAILER).drag_to(note(stale, SOUP))
    expect_announced(stale, "Notes rapprochées")
    stale.reload()
    expect(note(stale, SOUP)).to_contain_text("dit 6 fois")  # 2 + 3 + 1: those gathered come along, nothing is lost


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_imports_once(visits: Visits, script: bool) -> None:
    page = visits.enter("/rives-d-autan/comptoirs/importer/", java_script_enabled=script)
    title = f"Double clic {'avec' if script else 'sans'} script"
    page.get_by_label("Collez vos notes").fill(unique(f"# Intérêt\n{BENCH}\n"))
    button(page, "Lire").click()
    page.get_by_label(re.compile("^Titre")).fill(title)
    button(page, "C'est bien ça, importer").dblclick()
    page.wait_for_url("**/ressemblances/")
    page.goto("/rives-d-autan/comptoirs/")
    expect(page.get_by_role("link", name=title)).to_have_count(1)
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("main")).to_contain_text("2 lignes")


def test_a_double_click_adds_one_note_and_freezes_one_version(board: Page) -> None:
    place = column(board, "Intérêt")
    place.get_by_role("textbox").fill("Une fois, pas deux")
    place.get_by_role("button", name="Ajouter", exact=True).dblclick()
    expect_announced(board, "Note ajoutée")
    expect(link(board, "Une fois, pas deux")).to_have_count(1)
    link(board, "Télécharger").first.click()
    button(board, "Valider et figer cette version").dblclick()
    board.wait_for_url("**/synthese/1/")
    board.goto(re.sub("synthese/1/$", "synthese/", board.url))
    expect(board.get_by_role("link", name=re.compile(r"^Version \d"))).to_have_count(1)


def test_without_network_a_sentence_says_so_and_nothing_typed_is_lost(board: Page, visits: Visits) -> None:
    visits.forgive("ERR_INTERNET_DISCONNECTED", "htmx:")
    place = column(board, "Intérêt")
    place.get_by_role("textbox").fill("Écrite dans une salle sans réseau")
    board.context.set_offline(True)
    place.get_by_role("button", name="Ajouter", exact=True).click()
    expect_announced(board, "La connexion est coupée")
    expect(place.get_by_role("textbox")).to_have_value("Écrite dans une salle sans réseau")
    focus(board, SOUP)
    press(board, "+")
    expect(note(board, SOUP)).to_contain_text("dit 2 fois")
    board.context.set_offline(False)
    place.get_by_role("button", name="Ajouter", exact=True).click()
    expect(link(board, "Écrite dans une salle sans réseau")).to_be_visible()


def test_the_evaluator_looks_at_the_board_and_touches_nothing(board: Page, visits: Visits) -> None:
    page = visits.enter(board.url, role="evaluator")
    expect(link(page, BENCH)).to_be_visible()
    expect(column(page, "Intérêt").get_by_role("button")).to_have_count(0)
    focus(page, TRAILER)
    press(page, "+", "4", "z")
    page.wait_for_timeout(300)
    expect(note(page, TRAILER)).to_contain_text("dit une fois")
    expect(column(page, "Intérêt").get_by_role("link", name=TRAILER)).to_be_visible()


def test_a_tab_whose_session_is_closed_says_so_and_keeps_what_was_typed(board: Page, visits: Visits) -> None:
    place = column(board, "Intérêt")
    place.get_by_role("textbox").fill("Tapée pendant que la session se fermait")
    board.context.clear_cookies(name="sessionid")
    visits.forgive(" 401 ", " 403 ")
    place.get_by_role("button", name="Ajouter", exact=True).click()
    expect(board.get_by_role("alert")).to_have_text(re.compile("Votre session est fermée"))
    expect(place.get_by_role("textbox")).to_have_value("Tapée pendant que la session se fermait")


def test_a_note_being_typed_is_counted_on_the_line_that_it_resembles(board: Page) -> None:
    area = column(board, "Intérêt").get_by_role("textbox")
    before = column(board, "Intérêt").get_by_role("listitem").count()
    area.press_sequentially("Un banc sous le tilleul pour discuter", delay=20)
    expect(column(board, "Intérêt").get_by_text("Cela ressemble à")).to_be_visible()
    column(board, "Intérêt").get_by_role("button", name=re.compile("^Compter une fois de plus")).click()
    expect_announced(board, "Une fois de plus")
    expect(note(board, BENCH)).to_contain_text("dit 4 fois")
    expect(column(board, "Intérêt").get_by_role("textbox")).to_have_value("")
    expect(column(board, "Intérêt").get_by_role("listitem")).to_have_count(before)


def test_not_now_puts_a_question_aside_and_decides_nothing(board: Page) -> None:
    board.goto(board.url.split("relire/")[0] + "ressemblances/")
    asked = board.get_by_role("article")
    before = asked.count()
    assert before
    asked.first.get_by_role("button", name="Pas maintenant").click()
    expect_announced(board, "Question mise de côté")
    expect(asked).to_have_count(before - 1)
    button(board, "Les reprendre").click()
    expect_announced(board, "question reprise")
    expect(asked).to_have_count(before)
