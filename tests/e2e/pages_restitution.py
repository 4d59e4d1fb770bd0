"""The pages of what an evaluation gives back: where each is."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
PLACES: dict[str, Place] = {
    "restitutions": (LEAD, "{evaluation}restitutions/"),
    "restitutions/reader": ("reader", "{evaluation}restitutions/"),
    "restitution_new": (LEAD, "{evaluation}restitutions/figer/"),
    "restitution": (LEAD, "{evaluation}restitutions/2/"),
    "restitution/reader": ("reader", "{evaluation}restitutions/1/"),
    "answer_write": ("evaluator", "{answer_write}"),
}
ACTIONS: frozenset[str] = frozenset()
NOT_PAGES = frozenset({"restitution_document", "restitution_deck"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links, as the project lead."""
    evaluation = re.findall(rf'href="({HOME}evaluation/\w{{10}}/)"', read(f"{HOME}evaluation/"))[0]
    page = read(f"{evaluation}restitutions/")
    return {"answer_write": re.findall(rf'href="({evaluation}questions/\w{{10}}/reponse/)"', page)[0]}
