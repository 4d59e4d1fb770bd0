"""A line of the table kept up to date by its owner: in place with htmx, as a page without it, the same either way."""

import re
from datetime import date
from typing import Any

import pytest
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.commitments import actions
from comptoir.commitments.models import CheckInReply, Commitment
from comptoir.kit.errors import Invalid, Refused

TABLE = "/val-clair/engagements/"
SENT = {"next_step": "Les clés", "next_step_on": "2027-01-15", "due_on": "2027-06-30", "answer": "", "line": ""}


def bare(node: Any) -> str:
    text = html.tostring(node, encoding="unicode", with_tail=False).replace(' hx-swap-oob="true"', "")
    return re.sub(r"\s+", " ", text)


def test_the_line_and_its_news_are_written_at_once_or_not_at_all(deal: Any, member: Any) -> None:
    referent, commitment = member(Role.REFERENT), deal.precise()
    today = date(2026, 11, 26)
    actions.update_line(
        actor=referent, commitment=commitment, on=today, answer="stuck", line="Le réseau", next_step="Les clés"
    )
    commitment.refresh_from_db()
    reply = CheckInReply.objects.get()
    assert (commitment.next_step, reply.answer, reply.line, reply.channel) == (
        "Les clés", "stuck", "Le réseau", "account",
    )  # fmt: skip
    assert reply.author_organisation == "Régie de quartier"
    for given in ({"answer": "perhaps"}, {"line": "Sans réponse"}, {"answer": "done", "line": "x" * 501}):
        with pytest.raises(Invalid):
            actions.update_line(actor=referent, commitment=commitment, on=today, next_step="Perdu", **given)
    commitment.refresh_from_db()
    assert (commitment.next_step, CheckInReply.objects.count()) == ("Les clés", 1)
    with pytest.raises(Refused):
        actions.tell_news(actor=member(Role.ELECTED_OFFICIAL), commitment=commitment, answer="done", line="", on=today)
    other = deal.precise(signatory=deal.town)
    with pytest.raises(Refused):
        actions.update_line(actor=referent, commitment=other, on=today, next_step="À leur place")


def test_only_its_owner_has_the_button(deal: Any, member: Any, client_for: Any) -> None:
    own, other = deal.precise(), deal.precise(signatory=deal.town)
    page = client_for(member(Role.REFERENT)).get(TABLE).content.decode()
    assert f"{TABLE}{own.code}/ligne/" in page
    assert f"{TABLE}{other.code}/ligne/" not in page
    assert page.count("/ligne/") == client_for(deal.lead).get(TABLE).content.decode().count("/ligne/") - 2
    assert "/ligne/" not in client_for(member(Role.READER)).get(TABLE).content.decode()
    assert client_for(member(Role.REFERENT)).get(f"{TABLE}{other.code}/ligne/").status_code == 403


def test_without_javascript_a_form_then_the_table(deal: Any, member: Any, client_for: Any) -> None:
    commitment, browser = deal.precise(), client_for(member(Role.REFERENT))
    answer = browser.post(f"{TABLE}{commitment.code}/ligne/", SENT | {"answer": "ongoing", "line": "On avance"})
    assert answer.status_code == 302
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Les clés" in page
    assert "15 janvier 2027" in page
    assert "En cours, " in page


def test_what_htmx_swaps_in_is_the_page_reloaded_under_the_same_filters(
    deal: Any, member: Any, client_for: Any
) -> None:
    first, second = deal.precise(), deal.precise(wording="Repeindre le hall")
    deal.precise(signatory=deal.town)
    browser = client_for(member(Role.REFERENT))
    url = f"{TABLE}?qui={deal.landlord.code}&etat=ongoing&tri=-echeance"
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}"}
    late = SENT | {"due_on": "2026-10-01"}
    part = browser.post(f"{TABLE}{first.code}/ligne/", late, headers=asked)
    assert (part.status_code, part.headers["HX-Retarget"], part.headers["HX-Reswap"]) == (
        200, "#engagements", "outerHTML",
    )  # fmt: skip
    whole = html.document_fromstring(browser.get(url).content.decode())
    found = html.fragments_fromstring(part.content.decode(), no_leading_text=True)
    assert [node.get("id") for node in found] == ["engagements", "avant"]
    for node in found:
        assert bare(node) == bare(whole.get_element_by_id(node.get("id")))
    listed = found[0].text_content()
    assert first.text not in listed  # its due date is past: it has left this filter
    assert second.text in listed


def test_from_another_page_htmx_leads_back_to_the_table(deal: Any, member: Any, client_for: Any) -> None:
    commitment, browser = deal.precise(), client_for(member(Role.REFERENT))
    for current in ("http://testserver/val-clair/", ""):
        headers = {"HX-Request": "true", "HX-Current-URL": current}
        answer = browser.post(f"{TABLE}{commitment.code}/ligne/", SENT, headers=headers)
        assert answer.headers["HX-Redirect"].startswith(TABLE)


def test_nothing_typed_is_lost(deal: Any, member: Any, client_for: Any) -> None:
    commitment, browser = deal.precise(), client_for(member(Role.REFERENT))
    for headers in ({}, {"HX-Request": "true"}):
        answer = browser.post(
            f"{TABLE}{commitment.code}/ligne/", SENT | {"next_step": "Les clés du local", "line": "Presque"},
            headers=headers,
        )  # fmt: skip
        assert answer.status_code == 422
        page = answer.content.decode()
        assert 'value="Les clés du local"' in page
        assert "Choisissez aussi une des quatre réponses" in page
    assert Commitment.objects.get(pk=commitment.pk).next_step == ""


def test_a_yearly_commitment_has_no_due_date_of_its_own(deal: Any, client_for: Any) -> None:
    commitment = deal.commit(first_year=2026)
    url, browser = f"{TABLE}{commitment.code}/ligne/", client_for(deal.lead)
    assert 'name="due_on"' not in browser.get(url).content.decode()
    assert browser.post(url, SENT).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.next_step) == (None, "Les clés")


def test_what_is_missing_filters_the_table(deal: Any, client_for: Any) -> None:
    deal.precise()
    vague = deal.commit("À préciser encore", signatory=deal.town)
    browser = client_for(deal.lead)
    for asked in ("1", "referent", "measure"):
        page = html.document_fromstring(browser.get(f"{TABLE}?manque={asked}").content.decode())
        assert [row.text_content() for row in page.xpath("//tbody/tr/th")] == [vague.text]
    assert "Rien ne correspond" in browser.get(f"{TABLE}?manque=referent&qui={deal.landlord.code}").content.decode()


def test_the_wall_does_not_say_who_is_silent(deal: Any, client_for: Any) -> None:
    from comptoir.commitments.models import CheckInRequest
    from comptoir.contracts.models import Contact

    commitment = deal.precise()
    CheckInRequest.objects.create(
        space=deal.lead.space, commitment=commitment, contact=Contact.objects.get(), send_on=date(2026, 1, 5),
        delivery="sent",
    )  # fmt: skip
    browser = client_for(deal.lead)
    assert "sans nouvelles" in browser.get(TABLE).content.decode()
    assert "sans nouvelles" not in browser.get(f"{TABLE}?projeter=1").content.decode()
