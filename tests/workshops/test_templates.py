"""Templates: offered to all, kept by a space, copied when a comptoir is opened."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.workshops.actions import save_template, withdraw_template
from comptoir.workshops.models import ComptoirTemplate, Workshop
from comptoir.workshops.templates_offered import SHIPPED, of_space

Browser = Callable[[Actor], Any]
PLACE = {"title": "Comptoir", "held_on": "", "place": "", "introduction": "Bonjour", "speaker_kind": "mixed"}


def open_with(browser: Any, actor: Actor, key: str) -> Workshop:
    post = PLACE | {"subjects": ["residents", "signatories"], "template": key}
    assert browser.post(reverse("workshop_new", args=(actor.space.slug,)), post).status_code == 302
    return Workshop.objects.get()


def columns_of(workshop: Workshop) -> list[list[str]]:
    return [
        [h.label for h in c.occasion.headings.order_by("position")] for c in workshop.comptoirs.order_by("position")
    ]


def test_a_comptoir_opened_from_a_template_has_its_questions_and_columns(lead: Actor, client_for: Browser) -> None:
    workshop = open_with(client_for(lead), lead, "pieges-et-outils")
    assert workshop.introduction.splitlines() == ["Bonjour", *SHIPPED[2].questions]
    assert columns_of(workshop) == [["Pièges à éviter", "Outils"], ["Qui ?", "Pièges à éviter", "Outils"]]


def test_a_space_adapts_changes_and_withdraws_its_own(lead: Actor, stranger: Actor, client_for: Browser) -> None:
    browser, slug = client_for(lead), lead.space.slug
    page = browser.get(reverse("template_new", args=(slug,)) + "?depuis=aller-vers").content.decode()
    assert "Ce qui complique la vie" in page
    post = {"title": "Le nôtre", "questions": "Quoi ?", "columns_residents": "Idées\nIntérêt"}
    assert browser.post(reverse("template_new", args=(slug,)), post).status_code == 302
    own = ComptoirTemplate.objects.get()
    assert next(one.title for one in of_space(lead.space)) == "Le nôtre"
    assert len(of_space(stranger.space)) == len(SHIPPED)
    workshop = open_with(browser, lead, f"propre-{own.code}")
    assert columns_of(workshop)[0] == ["Idées", "Intérêt"]
    assert len(columns_of(workshop)[1]) == 4
    browser.post(reverse("template_edit", args=(slug, own.code)), post | {"title": "Autre"})
    assert ComptoirTemplate.objects.get().title == "Autre"
    assert browser.post(reverse("template_edit", args=(slug, own.code)), post | {"title": ""}).status_code == 422
    browser.post(reverse("template_withdraw", args=(slug, own.code)))
    assert len(of_space(lead.space)) == len(SHIPPED)
    assert columns_of(workshop)[0] == ["Idées", "Intérêt"]


def test_only_the_team_keeps_templates(lead: Actor, reader: Actor) -> None:
    with pytest.raises(Refused):
        save_template(actor=reader, title="x", questions="", columns={})
    template = save_template(actor=lead, title="x", questions="", columns={})
    with pytest.raises(Refused):
        withdraw_template(actor=reader, template=template)
    with pytest.raises(Invalid, match="Huit colonnes"):
        save_template(actor=lead, title="x", questions="", columns={"residents": list("abcdefghi")})


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_whatever_the_rows(
    rows: int, lead: Actor, client_for: Browser, django_assert_max_num_queries: Any
) -> None:
    for n in range(rows):
        save_template(actor=lead, title=f"Modèle {n}", questions="", columns={})
    browser = client_for(lead)
    with django_assert_max_num_queries(12):
        browser.get(reverse("templates", args=(lead.space.slug,)))


def test_templates_come_by_pages_and_any_may_be_chosen(lead: Actor, client_for: Browser) -> None:
    ComptoirTemplate.objects.bulk_create(
        ComptoirTemplate(space=lead.space, title=f"Modèle {n:03}", questions="Quoi ?") for n in range(120)
    )
    browser, url = client_for(lead), reverse("templates", args=(lead.space.slug,))
    page = browser.get(url).content.decode()
    assert (page.count(">Modèle "), "Après la signature" in page) == (24, False)
    assert "Après la signature" in browser.get(f"{url}?page=5").content.decode()
    last = ComptoirTemplate.objects.get(title="Modèle 119")
    new = reverse("workshop_new", args=(lead.space.slug,))
    assert "Modèle 119" not in browser.get(new).content.decode()
    assert "Modèle 119" in browser.get(f"{new}?modele=propre-{last.code}").content.decode()
