"""The pages of answers, of codes and of the public page: where each is, and how the demonstration's are found."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str | None, str]  # who visits (nobody signed in: None), where
ANSWERS, PUBLIC = f"{HOME}reponses/", f"{HOME}public/"
PLACES: dict[str, Place] = {
    "unanswered": (LEAD, ANSWERS),
    "unanswered/reader": ("reader", ANSWERS),
    "unanswered/empty": ("newcomer", "/rive-neuve/reponses/"),
    "answers": (LEAD, f"{ANSWERS}donnees/"),
    "answers/reader": ("reader", f"{ANSWERS}donnees/"),
    "answers/empty": ("newcomer", "/rive-neuve/reponses/donnees/"),
    "answer_new": (LEAD, "{answer}"),
    "answers_publish": (LEAD, "{publish}"),
    "follow_up_sheet": (LEAD, "{codes}"),
    "follow_up_line": (LEAD, "{line_codes}"),
    "public_settings": (LEAD, f"{HOME}page-publique/"),
    "public_page": (None, PUBLIC),
    "public_page/english": (None, f"{PUBLIC}?langue=en"),
    "public_page/neighbourhood": (None, f"{PUBLIC}?quartier=QN08109M"),
    "public_said": (None, f"{PUBLIC}dit/"),
    "public_commitments": (None, f"{PUBLIC}engagements/"),
    "public_follow_up": (None, f"{PUBLIC}suivi/"),
    "public_plain": (None, "{public_plain}"),
    "public_poster": (None, f"{PUBLIC}affiche/"),
}
ACTIONS = frozenset({"answer_withdraw", "follow_up_give"})
NOT_PAGES = frozenset({"public_look", "public_logo"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following links, as the project lead."""
    tick = re.findall(r'name="ligne" value="(\w+)"', read(ANSWERS))[0]
    publish = re.findall(rf'href="({ANSWERS}publier/\?reponse=\w+)', read(f"{ANSWERS}donnees/"))[0]
    workshops = dict.fromkeys(re.findall(rf'href="({HOME}comptoirs/\w{{10}}/)"', read(f"{HOME}comptoirs/")))
    sheets = (re.findall(rf'href="({HOME}codes/\w{{10}}/)"', read(one)) for one in workshops)
    codes = next(one for found in sheets for one in found if "slip-code" in read(one))
    return {
        "answer": f"{ANSWERS}nouvelle/?ligne={tick}",
        "publish": publish,
        "codes": codes,
        "public_plain": re.findall(rf'href="({PUBLIC}clair/\w{{10}}/)"', read(PUBLIC))[0],
        "line_codes": f"{HOME}codes/ligne/{tick}/",
    }
