"""The dashboard in a browser: an official, a referent who edits in place, a resident whose flag is answered."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from visits import HOME, LEAD, Visits, button, link

pytestmark = pytest.mark.browser
TABLE = f"{HOME}engagements/"
HALF_A4 = 148 / 25.4 * 96  # CSS pixels


def test_an_official_reads_the_half_page_and_publishes_their_word(visits: Visits) -> None:
    page = visits.enter(role="elected_official", width=390)
    expect(page.get_by_role("heading", name="Ce qui m'attend")).to_be_visible()
    expect(page.get_by_role("heading", name="Ce qui change d'ici trois mois")).to_be_visible()
    page.get_by_text("Projeter, imprimer, télécharger").click()
    link(page, "La demi-page de l'élu").click()
    expect(page.get_by_role("heading", name="Promis en public")).to_be_visible()
    expect(page.locator(".half__figures li")).to_have_count(3)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})
    height = page.locator(".half").evaluate("e => e.scrollHeight")
    assert 0 < height < HALF_A4 - 16 / 25.4 * 96
    page.emulate_media(media="screen")
    page.goto(f"{TABLE}paroles-donnees/nouvelle/")
    words = f"Un banc devant l'école {uuid4().hex[:6]}"
    page.get_by_label("Ce qui a été promis").fill(words)
    page.get_by_label("Dit le").fill("2026-11-20")
    button(page, "Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.get_by_text("Son auteur et l'équipe la voient, personne d'autre.")).to_be_visible()
    here = page.url
    reader = visits.enter(f"{TABLE}paroles-donnees/", role="reader")
    expect(reader.get_by_text(words)).to_have_count(0)
    button(page, "Publier à tous les membres").click()
    expect(page.get_by_text("Publiée : tous les membres de l'espace la voient.")).to_be_visible()
    reader.goto(here)
    expect(reader.get_by_role("heading", level=1)).to_have_text(words)


def test_a_referent_brings_their_line_up_to_date_in_place_and_others_see_it(visits: Visits) -> None:
    page = visits.enter(TABLE, role="referent")
    step = f"Le message part le jour même {uuid4().hex[:6]}"
    row = page.get_by_role("row", name=re.compile("Répondre sous dix jours"))
    row.get_by_role("link", name="Mettre à jour").click()
    form = row.get_by_role("form")
    form.get_by_label("D'ici trois mois").fill(step)
    form.get_by_label("Une phrase").fill("Les gardiens sont prêts")
    button(page, "Enregistrer").click()  # a sentence without an answer: refused, and nothing typed is lost
    visits.forgive(" 422 ")
    expect(form.locator("[aria-invalid=true]")).to_be_visible()  # the form that came back, not the one that was sent
    expect(form.get_by_label("D'ici trois mois")).to_have_value(step)
    form.get_by_label("Où en est-on ?").select_option(label="En cours")
    form.get_by_label("Pour le").fill("2027-01-20")
    button(page, "Enregistrer").click()
    expect(row.get_by_text(step)).to_be_visible()
    expect(row.get_by_role("form")).to_have_count(0)
    expect(page.locator("#avant").get_by_text(step)).to_be_visible()
    assert page.url.endswith("/engagements/")
    lead = visits.enter(role=LEAD)
    expect(lead.get_by_role("heading", name="Depuis ma dernière visite")).to_be_visible()
    expect(lead.get_by_text(step).first).to_be_visible()
    button(lead, "J'ai vu").click()
    expect(lead.get_by_text("Personne d'autre n'a rien changé.")).to_be_visible()


def test_without_javascript_the_line_is_a_page(visits: Visits) -> None:
    page = visits.enter(TABLE, role="referent", java_script_enabled=False)
    page.get_by_role("row", name=re.compile("Répondre sous dix jours")).get_by_role(
        "link", name="Mettre à jour"
    ).click()
    step = f"Les bornes d'appel sont posées {uuid4().hex[:6]}"
    page.get_by_label("D'ici trois mois").fill(step)
    button(page, "Enregistrer").click()
    expect(page.get_by_text("Ligne mise à jour.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Répondre sous dix jours")).get_by_text(step)).to_be_visible()


def test_a_resident_watches_asks_and_is_answered(visits: Visits) -> None:
    page = visits.enter(TABLE, role="council_member", width=390)
    page.get_by_role("link", name=re.compile("Refaire chaque été")).click()
    button(page, "Devenir vigie").click()
    link(page, "Poser un drapeau").click()
    question = f"Qui apporte les tables {uuid4().hex[:6]} ?"
    page.get_by_label("Votre question").fill(question)
    button(page, "Poser le drapeau").click()
    expect(page.get_by_text(question)).to_be_visible()
    page.goto(HOME)
    expect(page.get_by_role("heading", name="Les engagements que je surveille")).to_be_visible()
    lead = visits.enter(role=LEAD)
    todo = lead.locator(".todo")
    todo.get_by_role("link", name=question).click()
    article = lead.locator(".flag", has_text=question)
    article.get_by_role("link", name="Répondre").click()
    answer = f"Le centre social, dès dix heures {uuid4().hex[:6]}"
    lead.get_by_label("Réponse").fill(answer)
    button(lead, "Répondre").click()
    expect(lead.get_by_text(answer)).to_be_visible()
    page.reload()
    expect(page.locator(".todo").get_by_role("link", name=answer)).to_be_visible()
