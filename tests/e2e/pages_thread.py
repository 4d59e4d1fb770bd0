"""The pages of the thread: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
THREAD = f"{HOME}fil/"
TABLE = f"{HOME}engagements/"
PLACES: dict[str, Place] = {
    "thread_home": (LEAD, THREAD),
    "thread_home/reader": ("reader", THREAD),
    "thread_home/neighbourhood": (LEAD, f"{THREAD}?quartier=QN08106M"),
    "thread_home/empty": ("newcomer", "/rive-neuve/fil/"),
    "thread": (LEAD, "{thread_commitment}"),
    "thread/reader": ("council_member", "{thread_commitment}"),
    "thread/objective": ("reader", "{thread_objective}"),
    "to_link": (LEAD, f"{THREAD}a-relier/engagements/"),
    "to_link/lines": (LEAD, f"{THREAD}a-relier/lignes/"),
    "to_link/objectives": ("facilitator", f"{THREAD}a-relier/objectifs/"),
    "suggested_lines": (LEAD, "{suggested_lines}"),
    "suggested_commitments": (LEAD, "{suggested_commitments}"),
    "cite_choose": (LEAD, "{cite_choose}"),
    "cite_choose/searched": (LEAD, "{cite_choose}?q=salle"),
}
ACTIONS = frozenset({"suggestion_act", "cite_act"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links of the table and of what is to be linked, as the project lead."""

    def first(page: str, pattern: str) -> str:
        return re.findall(rf'href="({THREAD}{pattern})"', read(page))[0]

    ones = dict.fromkeys(re.findall(rf'href="({TABLE}\w{{10}}/)"', read(TABLE)))
    threads = [first(one, r"engagement/\w{10}/") for one in ones]
    full = next(url for url in threads if "Objectifs</h3>" in (page := read(url)) and "confirmée" in page)
    objective = re.findall(rf'href="({HOME}contrat/\w+/objectifs/\w+/)"', read(full))[0]
    return {
        "thread_commitment": full,
        "thread_objective": first(objective, r"objectif/\w{10}/"),
        "suggested_lines": next(
            url
            for url in re.findall(
                rf'href="({THREAD}a-relier/engagements/\w{{10}}/)"', read(f"{THREAD}a-relier/engagements/")
            )
            if "lien écarté" in read(url)
        ),
        "suggested_commitments": first(f"{THREAD}a-relier/lignes/", r"a-relier/lignes/\w{10}/"),
        "cite_choose": first(objective, r"a-relier/objectifs/\w{10}/"),
    }
