"""The main paths of the rooms around the notes: the words of the team, the people, the first lead of a space."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from visits import HOME, NEWCOMER, Visits, bring, button, link

pytestmark = pytest.mark.browser


def test_words_are_tried_then_kept_then_taken_away_as_a_file(visits: Visits) -> None:
    page = visits.enter()
    word = f"gloriette{uuid4().hex[:5]}"
    bring(page, f"# Intérêt\nUn {word} pour s'abriter\n# Pièges à éviter\nPlus de place sous le kiosque\n")
    page.goto(f"{HOME}comptoirs/")
    page.locator("main summary", has_text="Autres pages").click()
    link(page, "Les mots de l'équipe").click()
    written = page.get_by_label("Vos mots, un sujet par ligne")
    written.fill(f"kiosque : {word}, kiosque")
    button(page, "Voir ce que cela change").click()
    expect(page.get_by_role("heading", name="Ce que ces mots changeraient")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Rien n'est encore enregistré")
    expect(written).to_have_value(re.compile(word))
    button(page, "Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("Lexique enregistré")
    with page.expect_download() as taken:
        link(page, "Télécharger le lexique").click()
    assert word in taken.value.path().read_text()
    written.fill("")
    button(page, "Enregistrer").click()
    expect(written).to_have_value("")


def test_the_list_of_people_follows_what_is_typed_and_its_address_is_kept(visits: Visits) -> None:
    page = visits.enter(f"{HOME}personnes/")
    rows = page.get_by_role("table").get_by_role("rowheader")
    everybody = rows.count()
    page.get_by_label("Nom ou adresse").fill("eloise")
    expect(rows).to_have_count(1)
    page.wait_for_url("**/personnes/?q=eloise")
    page.reload()
    expect(rows).to_have_count(1)
    link(page, "Enlever les filtres").click()
    expect(rows).to_have_count(everybody)


def test_the_host_invites_who_first_leads_a_space(visits: Visits) -> None:
    page = visits.enter("/instance/espaces/ouvrir/", role=NEWCOMER)
    slug = f"rive-{uuid4().hex[:6]}"
    page.get_by_label("Nom de l'espace", exact=True).fill(slug)
    page.get_by_label("Adresse", exact=True).fill(slug)
    page.get_by_label("Adresse électronique de la conduite de projet", exact=True).fill("ama@exemple.fr")
    button(page, "Ouvrir l'espace").click()
    page.get_by_label("Nom ou adresse").fill(slug)
    expect(page.get_by_role("rowheader")).to_have_count(1)
    link(page, slug).click()
    button(page, "Annuler l'invitation").click()
    expect(page.get_by_role("main")).to_contain_text("Personne ne conduit encore le projet")
    page.get_by_label("Adresse électronique").fill("autre@exemple.fr")
    button(page, "Envoyer l'invitation").click()
    expect(page.get_by_role("main")).to_contain_text("autre@exemple.fr")
    button(page, "Renvoyer").click()
    expect(page.get_by_role("main")).to_contain_text("L'ancien lien ne sert plus")
