"""The pages of commitments: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
TABLE = f"{HOME}engagements/"
PLACES: dict[str, Place] = {
    "commitments": (LEAD, TABLE),
    "commitments/resident": ("council_member", TABLE),
    "commitments/filtered": ("reader", f"{TABLE}?etat=kept"),
    "commitments/no contract": ("newcomer", "/rive-neuve/engagements/"),
    "workbook": (LEAD, f"{TABLE}classeur/"),
    "workbook/reader": ("reader", f"{TABLE}classeur/"),
    "agreements": (LEAD, f"{TABLE}accords/"),
    "agreement": (LEAD, "{agreement}"),
    "agreement/reader": ("reader", "{agreement}"),
    "contract_texts": (LEAD, f"{TABLE}textes/"),
    "contract_text": (LEAD, "{text}"),
    "text_proposal": (LEAD, "{text}2/"),
    "text_proposal/taken": (LEAD, "{text}1/"),
    "commitment_new": (LEAD, f"{TABLE}nouveau/"),
    "commitment": (LEAD, "{commitment}"),
    "commitment/reader": ("reader", "{commitment}"),
    "commitment_edit": (LEAD, "{commitment}preciser/"),
    "commitment_reword": (LEAD, "{commitment}recrire/"),
    "means_new": (LEAD, "{commitment}moyens/nouveau/"),
    "evidence_new": (LEAD, "{commitment}pieces/nouvelle/"),
    "decision_new": (LEAD, "{commitment}decisions/nouvelle/"),
    "decision_reply": (LEAD, "{reply}"),
    "link_choose": (LEAD, "{commitment}relier/?q=quartier"),
    "commitment_line": (LEAD, "{commitment}ligne/"),
    "commitment/watched": ("council_member", "{watched}"),
    "flag_new": ("council_member", "{watched}drapeaux/nouveau/"),
    "flag_answer": (LEAD, "{flag}"),
    "watch_keeper_new": (LEAD, "{commitment}vigie/nommer/"),
    "brief": ("elected_official", f"{TABLE}elu/"),
    "review": (LEAD, f"{TABLE}revue/"),
    "review/projected": ("reader", f"{TABLE}revue/?projeter=1"),
    "review_new": (LEAD, f"{TABLE}revue/noter/"),
    "promises": (LEAD, f"{TABLE}paroles-donnees/"),
    "promises/empty": ("newcomer", "/rive-neuve/engagements/paroles-donnees/"),
    "promise_new": (LEAD, f"{TABLE}paroles-donnees/nouvelle/"),
    "promise_capacity": (LEAD, f"{TABLE}paroles-donnees/capacite/"),
    "promise": (LEAD, "{promise}"),
    "promise_follow": (LEAD, "{promise}suite/"),
    "promise_become": (LEAD, "{promise}engagement/"),
    "snapshots": (LEAD, f"{TABLE}arretes/"),
    "snapshot": ("reader", "{snapshot}"),
    "snapshot_new": (LEAD, f"{TABLE}arretes/nouveau/"),
}
ACTIONS = frozenset({
    "commitment_withdraw", "means_remove", "evidence_confirm", "evidence_withdraw", "link_act", "promise_publish",
    "promise_withdraw", "watch", "watch_stop", "flag_withdraw",
})  # fmt: skip


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links of the table, as the project lead."""
    ones = dict.fromkeys(re.findall(rf'href="({TABLE}\w{{10}}/)"', read(TABLE)))
    replies = (re.findall(rf'href="({TABLE}\w+/decisions/[\w-]+/repondre/)"', read(one)) for one in ones)
    flags = {one: re.findall(rf'href="({one}drapeaux/\w{{10}}/repondre/)"', read(one)) for one in ones}
    watched = next(one for one, found in flags.items() if found)
    return {
        "watched": watched,
        "flag": flags[watched][0],
        "promise": re.findall(rf'href="({TABLE}paroles-donnees/\w{{10}}/)"', read(f"{TABLE}paroles-donnees/"))[0],
        "agreement": re.findall(rf'href="({TABLE}accords/\w{{10}}/)"', read(f"{TABLE}accords/"))[0],
        "text": re.findall(rf'href="({TABLE}textes/\w{{10}}/)"', read(f"{TABLE}textes/"))[0],
        "commitment": next(one for one in ones if "Pièces à l'appui" in read(one) and "confirmée" in read(one)),
        "reply": next(found[0] for found in replies if found),
        "snapshot": re.findall(rf'href="({TABLE}arretes/\w{{10}}/)"', read(f"{TABLE}arretes/"))[0],
    }
