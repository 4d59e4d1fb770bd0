"""The pages of the methods of evaluation and of the bets on results and of the thank-you wall: where each is."""

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
    "bets": ("reader", "{bets}"),
    "bet_new": ("facilitator", "{bets}nouveau/"),
    "bet": ("council_member", "{open_bet}"),
    "bet/team": (LEAD, "{open_bet}"),
    "bet/closed": ("reader", "{closed_bet}"),
    "thanks": (LEAD, "{thanks}"),
    "thanks/resident": ("council_member", "{thanks}"),
    "thanks_poster": ("reader", "{thanks}affiche/"),
    "thanks_new": ("facilitator", "{thanks}nouveau/"),
    "bet_hands": (LEAD, "{open_bet}mains/"),
}
ACTIONS = frozenset({"method_withdraw", "bet_place", "bet_close", "bet_withdraw", "thanks_withdraw"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links, as the project lead."""
    evaluation = re.findall(rf'href="({HOME}evaluation/\w{{10}}/)"', read(f"{HOME}evaluation/"))[0]
    question = re.findall(rf'href="({evaluation}questions/\w{{10}}/)"', read(f"{evaluation}questions/"))[0]
    bets = re.findall(rf'href="({evaluation}paris/\w{{10}}/)"', read(f"{evaluation}paris/"))
    closed = next(one for one in bets if "Paris clos le" in read(one))
    return {
        "method_question": question, "bets": f"{evaluation}paris/", "closed_bet": closed,
        "thanks": f"{evaluation}merci/",
        "open_bet": next(one for one in bets if one != closed),
    }  # fmt: skip
