"""The pages of the contract: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
FORMS = {
    "contract_edit": "{contract}modifier/", "contract_perimeter": "{contract}perimetre/",
    "convention_new": "{contract}conventions/nouvelle/",
    "convention_edit": "{convention}modifier/", "signatory_new": "{contract}signataires/nouveau/?kind=prosecutor",
    "signatory_edit": "{signatory}modifier/", "unit_new": "{signatory}services/nouveau/",
    "contact_new": "{signatory}contacts/nouveau/", "contact_edit": "{contact}",
    "competences_edit": "{signatory}competences/",
    "referent_new": "{signatory}referents/nouveau/", "substitute_new": "{term}suppleant/",
    "substitute_end": "{substitute}", "referent_hand_over": "{term}passer-la-main/", "referent_end": "{term}fin/",
    "meet_up_new": "{contract}rencontres/nouvelle/", "objective_new": "{contract}objectifs/nouveau/",
    "wording_new": "{objective}rediger/", "wording_comment": "{objective}versions/1/commenter/",
    "wording_opinion": "{objective}versions/1/avis/", "body_new": "{contract}instances/nouvelle/",
    "body_edit": "{body}modifier/", "meeting_new": "{body}reunions/nouvelle/", "meeting_edit": "{meeting}modifier/",
}  # fmt: skip
PLACES: dict[str, Place] = {
    "contract_home": ("newcomer", "/rive-neuve/contrat/"),
    "contract_new": (LEAD, f"{HOME}contrat/nouveau/"),
    "contract": (LEAD, "{contract}"),
    "contract/resident": ("council_member", "{contract}"),
    "convention": (LEAD, "{convention}"),
    "signatories": (LEAD, "{contract}signataires/"),
    "signatory": (LEAD, "{signatory}"),
    "signatory/reader": ("reader", "{signatory}"),
    "contacts": ("referent", "{contract}annuaire/"),
    "who_does_what": ("council_member", "{contract}qui-fait-quoi/"),
    "who_does_what/asked": ("council_member", "{contract}qui-fait-quoi/?q=encombrants"),
    "who_does_what/nothing found": (LEAD, "{contract}qui-fait-quoi/?q=xylophone"),
    "competences": (LEAD, "{contract}competences/"),
    "objectives": (LEAD, "{contract}objectifs/"),
    "objective": (LEAD, "{objective}"),
    "wording_differences": ("reader", "{objective}differences/"),
    "bodies": (LEAD, "{contract}instances/"),
    "meeting": (LEAD, "{meeting}"),
    **{name: (LEAD, path) for name, path in FORMS.items()},
}
ACTIONS = frozenset({
    "competences_usual", "contact_withdraw", "convention_withdraw", "meet_up_withdraw", "objective_move",
    "objective_withdraw", "signatory_withdraw", "unit_withdraw", "wording_adopt",
})  # fmt: skip


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links of the contract in force, as the project lead."""
    contract = _links(read(f"{HOME}contrat/"), rf"{HOME}contrat/\w{{10}}/")[0]
    cards = _links(read(f"{contract}signataires/"), rf"{contract}signataires/\w{{10}}/")
    signatory = next(card for card in cards if "Suppléance" in read(card))
    card = read(signatory)
    goals = _links(read(f"{contract}objectifs/"), rf"{contract}objectifs/\w{{10}}/")
    bodies = read(f"{contract}instances/")
    return {
        "contract": contract,
        "signatory": signatory,
        "contact": _links(card, rf"{signatory}contacts/\w{{10}}/")[0],
        "term": _links(card, rf"{signatory}referents/\w{{10}}/fin/")[0].removesuffix("fin/"),
        "substitute": _links(card, rf"{signatory}referents/\w+/suppleant/\w+/fin/")[0],
        "convention": _links(read(contract), rf"{contract}conventions/\w{{10}}/")[0],
        "objective": next(goal for goal in goals if "Comparer deux" in read(goal)),
        "body": _links(bodies, rf"{contract}instances/\w{{10}}/modifier/")[0].removesuffix("modifier/"),
        "meeting": _links(bodies, rf"{contract}reunions/\w{{10}}/")[0],
    }


def _links(page: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))
