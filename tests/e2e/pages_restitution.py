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
    "plain_page": (LEAD, "{evaluation}restitutions/2/clair/"),
    "plain_reread": (LEAD, "{evaluation}restitutions/2/clair/relue/"),
    "plain_write": ("evaluator", "{plain_write}"),
    "restitution/reviewer": ("evaluator", "{evaluation}restitutions/2/"),
    "outside_note_new": ("evaluator", "{evaluation}restitutions/2/note/"),
    "lessons": ("council_member", "{evaluation}retenu/"),
    "lesson_new": ("council_member", "{evaluation}retenu/lecons/nouvelle/"),
    "skill_new": (LEAD, "{evaluation}retenu/competences/nouvelle/"),
    "answer_write": ("evaluator", "{answer_write}"),
}
ACTIONS = frozenset({"plain_publish", "outside_note_disown", "restitution_extract", "learnt_withdraw"})
NOT_PAGES = frozenset({"restitution_document", "restitution_deck"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links, as the project lead."""
    evaluation = re.findall(rf'href="({HOME}evaluation/\w{{10}}/)"', read(f"{HOME}evaluation/"))[0]
    page = read(f"{evaluation}restitutions/")
    plain = read(f"{evaluation}restitutions/2/clair/")
    return {
        "answer_write": re.findall(rf'href="({evaluation}questions/\w{{10}}/reponse/)"', page)[0],
        "plain_write": re.findall(rf'href="({evaluation}restitutions/2/clair/\w{{10}}/)"', plain)[0],
    }
