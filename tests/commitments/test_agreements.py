"""Sheets and agreements: to which words, when, by whom; advice while one writes."""

from datetime import date
from typing import Any

import pytest
from deals import TODAY, Deal
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.commitments import actions
from comptoir.commitments.advice import hard_to_check
from comptoir.commitments.models import Commitment, SignOff
from comptoir.commitments.sheets import sheets_of

BASE = "/val-clair/engagements/"


def agree(deal: Deal, *commitments: Commitment, on: date = date(2026, 10, 2)) -> int:
    return actions.sign_off(
        actor=deal.lead, signatory=commitments[0].signatory, commitments=commitments, agreed_by="La directrice",
        agreed_on=on,
    )  # fmt: skip


def words(answer: Any) -> str:
    return " ".join(html.document_fromstring(answer.content.decode()).text_content().split())


def test_a_sheet_says_what_is_missing_and_what_was_agreed(deal: Deal) -> None:
    full, bare = deal.precise(), deal.commit("Rendre les clés", signatory=deal.town)
    agree(deal, full)
    first, second = sheets_of(deal.contract, on=TODAY)
    assert (first.signatory, first.agreed, first.to_specify, first.changed) == (deal.landlord, 1, 0, 0)
    assert (second.rows[0].commitment, second.agreed, second.to_specify) == (bare, 0, 1)
    assert second.rows[0].missing == ("un référent", "une échéance", "une mesure", "une pièce attendue")


def test_written_again_since_the_agreement_it_says_so_with_the_words_of_then(deal: Deal) -> None:
    one = deal.precise()
    agree(deal, one)
    actions.reword(actor=deal.lead, commitment=one, text="Rouvrir le local de la tour 5")
    (row,) = sheets_of(deal.contract, on=TODAY)[0].rows
    assert (row.in_force, row.changed_since) == (False, True)
    assert row.agreed is not None
    assert row.agreed.wording.text == "Rouvrir le local de la tour 4"
    one.refresh_from_db()
    agree(deal, one, on=date(2026, 9, 1))  # an older date, but to the words in force
    (row,) = sheets_of(deal.contract, on=TODAY)[0].rows
    assert (row.in_force, row.agreed.agreed_on if row.agreed else None) == (True, date(2026, 9, 1))


def test_the_agreement_is_noted_on_the_page_once(deal: Deal, client_for: Any) -> None:
    one, two = deal.precise(), deal.precise(wording="Rendre les clés")
    browser, url = client_for(deal.lead), f"{BASE}accords/{deal.landlord.code}/"
    nothing = browser.post(url, {"agreed_by": "La directrice", "agreed_on": "2026-10-02"})
    assert (nothing.status_code, "Cochez au moins un engagement" in words(nothing)) == (422, True)
    sent = {"agreed_by": "La directrice", "agreed_on": "2026-10-02", "commitments": [str(one.pk)]}
    assert browser.post(url, sent).headers["Location"] == url
    assert "La directrice, le 2 octobre 2026" in words(browser.get(url))
    again = browser.post(url, sent)
    assert again.status_code == 422, "what is agreed is no longer offered"
    assert SignOff.objects.count() == 1
    actions.reword(actor=deal.lead, commitment=one, text="Rouvrir deux locaux")
    told = "modifié depuis l'accord du 2 octobre 2026, qui disait : « Rouvrir le local de la tour 4 »"
    assert told in words(browser.get(url))
    assert told.replace("modifié", "Modifié") in words(browser.get(f"{BASE}{one.code}/"))
    browser.post(url, {**sent, "commitments": [str(one.pk), str(two.pk)]})
    assert "Il a donné son accord à tous ses engagements" in words(browser.get(url))


@pytest.mark.parametrize("role", sorted(Role))
def test_who_notes_an_agreement(deal: Deal, member: Any, client_for: Any, role: Role) -> None:
    own, other = deal.precise(), deal.precise(signatory=deal.town)
    sent = {"agreed_by": "Qui de droit", "agreed_on": "2026-10-02"}
    may = {deal.landlord.pk} if role == Role.REFERENT else {deal.landlord.pk, deal.town.pk}
    may = may if role in {Role.REFERENT, Role.PROJECT_LEAD} else set()
    browser = client_for(member(role))
    for signatory, one in ((deal.landlord, own), (deal.town, other)):
        url = f"{BASE}accords/{signatory.code}/"
        assert browser.get(url).status_code == 200, "every member reads the sheet"
        status = browser.post(url, {**sent, "commitments": [str(one.pk)]}).status_code
        assert status == (302 if signatory.pk in may else 404)
    assert set(SignOff.objects.values_list("commitment__signatory", flat=True)) == may


def test_it_costs_as_many_questions_for_many_rows_as_for_one(deal: Deal, client_for: Any) -> None:
    browser = client_for(deal.lead)

    def cost() -> tuple[int, ...]:
        found = []
        for url in (f"{BASE}accords/", f"{BASE}accords/{deal.landlord.code}/", BASE):
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(url).status_code == 200
            found.append(len(caught))
        return tuple(found)

    deal.precise()
    deal.commit("Un", signatory=deal.town)
    few = cost()
    for number in range(20):
        agree(deal, deal.precise(wording=f"Engagement {number}"))
    assert cost() == few
    assert max(few[:2]) <= 12


def test_the_table_counts_what_could_be_made_easier_to_check(deal: Deal, client_for: Any) -> None:
    deal.precise()
    vague = deal.precise(wording="Favoriser le lien social")
    assert hard_to_check(deal.contract.commitments.select_related("wording")) == {vague.pk}
    browser = client_for(deal.lead)
    assert "1 engagement peut être rendu plus vérifiable" in words(browser.get(BASE)).replace("\xa0", " ")
    narrowed = words(browser.get(f"{BASE}?conseil=a-revoir"))
    assert "Favoriser le lien social" in narrowed
    assert "Rouvrir le local de la tour 4" not in narrowed


def test_advice_while_one_writes_is_what_the_page_shows(deal: Deal, client_for: Any) -> None:
    browser = client_for(deal.lead)
    typed = {"signatory": str(deal.town.pk), "wording": "Favoriser le lien social", "measure": "", "due_on": ""}
    fragment = browser.get(f"{BASE}conseils/", typed, headers={"HX-Request": "true"}).content.decode()
    assert "« Favoriser » ne se voit pas fini" in fragment
    page = browser.post(f"{BASE}nouveau/", {**typed, "verb": "check"})
    shown = html.document_fromstring(page.content.decode())
    (advice,) = shown.xpath("//*[@id='advice']")
    assert " ".join(advice.text_content().split()) == " ".join(
        html.fromstring(f"<div>{fragment}</div>").text_content().split()
    )
    assert shown.xpath("//textarea[@name='wording']")[0].text_content().strip() == "Favoriser le lien social"
    assert shown.xpath("//select[@name='signatory']/option[@selected]/@value") == [str(deal.town.pk)]
    assert not Commitment.objects.exists(), "reading again writes nothing"
    saved = browser.post(f"{BASE}nouveau/", typed)
    assert saved.status_code == 302, "advice never blocks"
    made = words(browser.get(saved.headers["Location"]))
    assert "conseils pour que chacun puisse dire si c'est tenu" in made
