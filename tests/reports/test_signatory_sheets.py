"""The sheets to sign, in each format and all together."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.models import Actor
from comptoir.analysis.extraction.reading import read_passages
from comptoir.commitments import actions
from comptoir.contracts.actions import add_signatory, open_contract
from comptoir.contracts.models import CityContract

BASE = "/val-clair/documents/fiches"


@pytest.fixture
def contract(lead: Actor) -> CityContract:
    made = open_contract(actor=lead, name="Contrat de Val-Clair")
    for name in ("Régie de quartier", "Régie-de-quartier", "Ville de Val-Clair"):
        organisation = organisation_named(name)
        assert organisation
        add_signatory(actor=lead, contract=made, organisation=organisation)
    return made


def signatory(contract: CityContract, name: str) -> Any:
    return contract.signatories.get(organisation__name=name)


@pytest.fixture
def signed(lead: Actor, contract: CityContract) -> Any:
    regie = signatory(contract, "Régie de quartier")
    one = actions.write(actor=lead, signatory=regie, wording="Rouvrir la loge #4 *vite*", due_on=date(2027, 6, 30))
    actions.set_means(actor=lead, commitment=one, means=[("mainstream", "euro", 1200, "fonctionnement")])  # type: ignore[list-item]  # a whole number
    actions.sign_off(
        actor=lead, signatory=regie, commitments=[one], agreed_by="La directrice", agreed_on=date(2026, 10, 2)
    )
    actions.reword(actor=lead, commitment=one, text="Rouvrir la loge #5 *vite*")
    return regie


def text_of(content: bytes, suffix: str) -> str:
    return " ".join(passage.text for passage in read_passages(content, f"a.{suffix}"))


@pytest.mark.parametrize("suffix", ["pdf", "docx", "odt"])
def test_a_sheet_says_all_and_leaves_a_place_to_sign(signed: Any, client_for: Any, lead: Actor, suffix: str) -> None:
    answer = client_for(lead).get(f"{BASE}/{signed.code}.{suffix}")
    assert f'filename="engagements-regie-de-quartier.{suffix}"' in answer.headers["Content-Disposition"]
    text = text_of(answer.content, suffix)
    wanted = (
        "Rouvrir la loge #5 *vite*", "30 juin 2027", "droit commun", "modifié depuis l'accord du 2 octobre 2026",
        "Rouvrir la loge #4", "Ce qui reste à préciser", "une mesure", "Signature",
    )  # fmt: skip
    for said in wanted:
        assert said in text, said


def test_all_the_sheets_in_one_archive_each_under_its_name(
    signed: Any, contract: CityContract, client_for: Any, lead: Actor
) -> None:
    actions.write(actor=lead, signatory=signatory(contract, "Régie-de-quartier"), wording="Tenir la loge")
    actions.write(actor=lead, signatory=signatory(contract, "Ville de Val-Clair"), wording="Payer la loge")
    answer = client_for(lead).get(f"{BASE}-{contract.code}-odt.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names)) == 3
        assert sum("regie-de-quartier" in name for name in names) == 2
        assert any("Payer la loge" in text_of(archive.read(name), "odt") for name in names)


def test_what_does_not_exist_is_not_found(signed: Any, contract: CityContract, client_for: Any, lead: Actor) -> None:
    browser = client_for(lead)
    town = signatory(contract, "Ville de Val-Clair")
    for url in (f"/{signed.code}.exe", "/ZZZ.pdf", f"/{town.code}.pdf", f"-{contract.code}-csv.zip", "-ZZZ-pdf.zip"):
        assert browser.get(f"{BASE}{url}").status_code == 404, url


def test_the_pages_of_agreements_offer_them(signed: Any, contract: CityContract, client_for: Any, lead: Actor) -> None:
    browser = client_for(lead)
    assert f"{BASE}/{signed.code}.pdf" in browser.get(f"/val-clair/engagements/accords/{signed.code}/").content.decode()
    assert f"{BASE}-{contract.code}-pdf.zip" in browser.get("/val-clair/engagements/accords/").content.decode()
