"""The pages of check-ins and of « Ma semaine »: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from visits import HOME, LEAD, button

ROUNDS = f"{HOME}points-d-etape/"
Place = tuple[str | None, str] | tuple[str | None, str, Callable[[Page], None]]


def _change(page: Page) -> None:
    page.get_by_text("Quand, combien, à qui").click()
    button(page, "Voir ce que cela change").click()
    page.get_by_role("heading", name="Qui recevra quoi, et quand").wait_for()


def _refused(page: Page) -> None:
    page.get_by_role("main").get_by_role("button").last.click()
    page.get_by_role("heading", name="À corriger").or_(page.locator(".errors")).first.wait_for()


def _question(page: Page) -> None:
    page.get_by_text("Joindre une photo").click()


def _forward(page: Page) -> None:
    page.get_by_role("link", name="Transmettre à un collègue").click()
    page.get_by_label("Son nom").wait_for()


def _correct(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Corriger")).first.click()
    button(page, "Corriger ma réponse").wait_for()


PLACES: dict[str, Any] = {
    "week": (LEAD, f"{HOME}ma-semaine/"),
    "week/facilitator": ("facilitator", f"{HOME}ma-semaine/"),
    "week/empty": ("newcomer", "/rive-neuve/ma-semaine/"),
    "check_ins": (LEAD, ROUNDS),
    "check_ins/no contract": ("newcomer", "/rive-neuve/points-d-etape/"),
    "check_in_new": (LEAD, f"{ROUNDS}nouveau/", _change),
    "check_in_rhythm": (LEAD, f"{ROUNDS}rythme/"),
    "check_in_tell": ("referent", "{check_in_tell}"),
    "check_in_round": (LEAD, "{check_in_round}"),
    "check_in_round/filtered": (LEAD, "{check_in_round}?demande=WAITING"),
    "check_in_sheets": (LEAD, "{check_in_round}feuilles/"),
    "check_in_person": (LEAD, "{check_in_person}"),
    "check_in/closed": (None, "{check_in_closed}"),
    "check_in_question": (None, "{check_in_asked}", _question),
    "check_in_question/refused": (None, "{check_in_asked}", _refused),
    "check_in_question/corrected": (None, "{check_in_answered}", _correct),
    "check_in_forward": (None, "{check_in_asked}", _forward),
    "check_in_thanks": (None, "{check_in_answered}"),
}
ACTIONS = frozenset({"check_in_close", "check_in_reopen", "check_in_unreached", "check_in_again"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """The open round, somebody who has not answered in it, and a commitment of the referent's organisation."""
    rounds = re.findall(rf'href="({ROUNDS}\w{{10}}/)"', read(ROUNDS))
    waiting = read(f"{rounds[0]}?demande=WAITING")
    table = read(f"{HOME}engagements/?q=signalement")
    code = re.findall(rf'href="{HOME}engagements/(\w{{10}})/"', table)[0]
    return {
        "check_in_round": rounds[0], "check_in_person": re.findall(rf'href="({rounds[0]}\w{{10}}/)"', waiting)[0],
        "check_in_tell": f"{ROUNDS}engagement/{code}/",
    }  # fmt: skip
