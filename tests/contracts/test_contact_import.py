"""Contacts from the team's workbook: columns known by many names, differences shown, undone."""

from datetime import date
from typing import Any

import pytest

from comptoir.accounts.models import Actor
from comptoir.analysis.tables.writing import ods_table, xlsx_table
from comptoir.contracts import actions
from comptoir.contracts.contact_import import CONTACTS
from comptoir.contracts.models import CityContract, Contact, Signatory
from comptoir.imports.actions import confirm, plan_of, receive
from comptoir.imports.models import Batch
from comptoir.imports.undoing import void
from comptoir.kit.errors import Refused

BOOK = """\
Structure;Prénom Nom;Service;Poste;Mél;Tél;Remarque
L'HABITAT D'AUTAN;Salma Roucairol;;Référente;Salma@habitat.example;500000418;
l'habitat d’autan;Noé Vaillant;Agence de Cantepau;Gardien;;poste 4512;
Caisse inconnue;Anouk Pons;;;;;
L'Habitat d'Autan;;;;seul@habitat.example;;
"""


def brought(actor: Actor, text: str = BOOK) -> Batch:
    return receive(actor=actor, kind=CONTACTS, content=text.encode(), name="annuaire.csv")


def done(actor: Actor, text: str = BOOK) -> Batch:
    batch = brought(actor, text)
    confirm(actor=actor, batch=batch, seen=plan_of(actor, batch).digest, back_url="/")
    batch.refresh_from_db()
    return batch


def book() -> list[tuple[str, str, str, str]]:
    rows = Contact.objects.shown().select_related("unit__unit").order_by("search")
    return [(one.name, str(one.unit or ""), one.email, one.phone) for one in rows]


def test_what_can_be_read_is_written_and_the_rest_told(lead: Actor, landlord: Signatory) -> None:
    batch = done(lead)
    assert book() == [
        ("Noé Vaillant", "Agence de Cantepau", "", "poste 4512"),
        ("Salma Roucairol", "", "salma@habitat.example", "05 00 00 04 18"),
    ]
    refused = {row.line: row.reasons[0].message for row in plan_of(lead, batch).rows if row.reasons}
    assert "n'est pas signataire" in refused[4]
    assert refused[5] == "Cette case est vide."


@pytest.mark.parametrize("write", [xlsx_table, ods_table])
def test_workbooks_are_read_too(lead: Actor, landlord: Signatory, write: Any) -> None:
    content = write("Annuaire", ("Partenaire", "Contact"), [("L'Habitat d'Autan", "Salma Roucairol")])
    name = "annuaire.xlsx" if write is xlsx_table else "annuaire.ods"
    batch = receive(actor=lead, kind=CONTACTS, content=content, name=name)
    confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    assert [row[0] for row in book()] == ["Salma Roucairol"]


def test_the_next_version_of_the_workbook_shows_its_differences(lead: Actor, landlord: Signatory) -> None:
    done(lead)
    again = "Structure;Prénom Nom;Mél;Tél\nL'Habitat d'Autan;Salma Roucairol-Pons;salma@habitat.example;0500000499\n"
    plan = plan_of(lead, brought(lead, again))
    (row,) = plan.rows
    changed = {one.label: (one.before, one.after) for one in row.differences}
    assert changed == {
        "Nom": ("Salma Roucairol", "Salma Roucairol-Pons"), "Ligne directe": ("05 00 00 04 18", "05 00 00 04 99"),
    }  # fmt: skip
    batch = done(lead, again)
    assert ("Salma Roucairol-Pons", "", "salma@habitat.example", "05 00 00 04 99") in book()
    void(actor=lead, batch=batch)
    assert ("Salma Roucairol", "", "salma@habitat.example", "05 00 00 04 18") in book()


def test_undoing_keeps_who_has_become_a_referent(lead: Actor, landlord: Signatory) -> None:
    batch = done(lead)
    salma = Contact.objects.get(search="salma roucairol")
    actions.assign_referent(actor=lead, signatory=landlord, contact=salma, starts_on=date(2026, 10, 1))
    undone = void(actor=lead, batch=batch)
    assert undone.removed == 1
    assert [reason for _, reason in undone.kept] == ["a été désignée référente"]
    assert [row[0] for row in book()] == ["Salma Roucairol"]


def test_without_a_contract_each_row_says_why(lead: Actor) -> None:
    plan = plan_of(lead, brought(lead))
    assert plan.written == []


def test_only_the_lead_imports(facilitator: Actor, contract: CityContract) -> None:
    with pytest.raises(Refused, match=r"."):
        brought(facilitator)
