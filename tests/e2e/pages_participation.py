"""The pages of surveys: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable

from playwright.sync_api import Page
from visits import HOME, LEAD, button

from comptoir.demo.content import surveys as content

ALL = f"{HOME}enquetes/"


def _send_nothing(page: Page) -> None:
    button(page, "Envoyer mes réponses").click()
    page.get_by_role("alert").first.wait_for()


def _by_place(page: Page) -> None:
    page.get_by_text("Par quartier").first.click()


Place = tuple[str | None, str] | tuple[str | None, str, Callable[[Page], None]]
PLACES: dict[str, Place] = {
    "surveys": (LEAD, ALL),
    "surveys/empty": ("newcomer", "/rive-neuve/enquetes/"),
    "survey_new": (LEAD, f"{ALL}nouvelle/"),
    "survey": (LEAD, "{survey_open}"),
    "survey/draft": (LEAD, "{survey_draft}"),
    "survey/reader": ("reader", "{survey_stopped}"),
    "survey_edit": (LEAD, "{survey_draft}corriger/"),
    "survey_preview": (LEAD, "{survey_open}apercu/"),
    "survey_question_new": (LEAD, "{survey_draft}questions/nouvelle/place/"),
    "survey_question_edit": (LEAD, "{survey_question}"),
    "survey_open": (LEAD, "{survey_draft}ouvrir/"),
    "survey_stop": (LEAD, "{survey_open}arreter/"),
    "survey_poster": (LEAD, "{survey_open}affiche/"),
    "survey_paper": (LEAD, "{survey_open}papier/"),
    "survey_type": ("facilitator", "{survey_open}saisir/"),
    "survey_results": ("reader", "{survey_stopped}resultats/", _by_place),
    "survey_results/waiting": (LEAD, "{survey_open}resultats/"),
    "survey_table": ("evaluator", "{survey_stopped}resultats/liste/"),
    "survey_words": (LEAD, "{survey_stopped}paroles/"),
    "survey_answer": (None, "{survey_answer}"),
    "survey_answer/refused": (None, "{survey_answer}", _send_nothing),
    "survey_answer/english": (None, "{survey_answer}?langue=en"),
    "survey_answer/over": (None, "{survey_over}"),
    "survey_thanks": (None, "{survey_answer}merci/"),
}
ACTIONS = frozenset({
    "survey_withdraw", "survey_take_back", "survey_question_move", "survey_question_remove", "survey_pour",
    "survey_erase",
})  # fmt: skip
NOT_PAGES = frozenset({"survey_look"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links, as the project lead."""
    rows = dict(re.findall(rf'href="({ALL}\w{{10}}/)"><strong>([^<]+)', read(ALL)))
    by_title = {title: url for url, title in rows.items()}
    opened, stopped = by_title[content.NOW_TITLE], by_title[content.TITLE]
    draft = by_title[content.DRAFT_TITLE]
    question = re.findall(rf'href="({draft}questions/\w{{10}}/)"', read(draft))[0]
    return {
        "survey_open": opened, "survey_stopped": stopped, "survey_draft": draft, "survey_question": question,
        "survey_answer": opened.replace("/enquetes/", "/enquete/"),
        "survey_over": stopped.replace("/enquetes/", "/enquete/"),
    }  # fmt: skip
