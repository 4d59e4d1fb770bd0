"""The pages of the methods of evaluation: where each is."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
ALL = f"{HOME}evaluation/methodes/"
PLACES: dict[str, Place] = {
    "methods": (LEAD, ALL),
    "methods/filtered": ("reader", f"{ALL}?effort=leger&donne=figure"),
    "method": (LEAD, f"{ALL}groupe-d-habitants/"),
    "method/resident": ("council_member", f"{ALL}court-questionnaire/"),
    "method_choose": ("evaluator", "{method_question}methodes/choisir/?methode=marche"),
}
ACTIONS = frozenset({"method_withdraw"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links, as the project lead."""
    evaluation = re.findall(rf'href="({HOME}evaluation/\w{{10}}/)"', read(f"{HOME}evaluation/"))[0]
    question = re.findall(rf'href="({evaluation}questions/\w{{10}}/)"', read(f"{evaluation}questions/"))[0]
    return {"method_question": question}
