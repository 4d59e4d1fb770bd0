"""« Vous avez dit, voici la suite ». Cites docs/concepts/page-publique.md."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.commitments import actions as commitments
from comptoir.portal.public.actions import set_public_page
from comptoir.portal.public.reading import SHOWN, SOON, read
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.voices import actions as voices
from comptoir.workshops.actions import open_workshop
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
PAGE, TABLE, SAID = "/val-clair/public/", "/val-clair/public/engagements/", "/val-clair/public/dit/"


def page(path: str = PAGE) -> str:
    answer = LintingClient().get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def section(text: str, identity: str) -> str:
    """What the page shows under one of its headings."""
    return text.split(f'<h2 id="{identity}">', 1)[1].split("</section>")[0] if f'id="{identity}"' in text else ""


def test_a_page_with_nothing_yet_says_so() -> None:
    from comptoir.accounts.actions import open_space
    from comptoir.accounts.models import Person

    person = Person.objects.create_user(email="seule@exemple.fr", name="Ana", password=None)
    lead = open_space(slug="val-clair", name="Val-Clair", lead=person)
    set_public_page(actor=lead, opened=True)
    assert "Rien n&#x27;est encore publié" in page() or "Rien n'est encore publié" in page()
    assert "Aucun tableau" in page()
    assert "Aucun tableau" in page(TABLE)
    assert "Rien n" in page(SAID)


def test_the_three_sources_meet_on_one_page(world: Any) -> None:
    kept, refused = world.note("Ouvrir la salle le soir", tally=4), world.note("Une patinoire")
    world.note("Des bancs à l'ombre", tally=2)
    world.publish()
    world.answer(kept)
    world.answer(refused, "no", reasons="Le sol est loué jusqu'en 2040", decided_by="la Ville")
    world.commit("Ouvrir la salle deux soirs par semaine", kept, due_on=date(2027, 3, 1))
    world.freeze()
    text = page()
    said = section(text, "dit")
    assert said.index("Ouvrir la salle le soir") < said.index("dit 4") < said.index("La salle ouvre deux soirs")
    assert "Ouvrir la salle deux soirs par semaine" in said
    assert said.index("Pas encore de réponse") < said.index("Des bancs à l")
    assert "Une patinoire" not in said
    decided = section(text, "decide")
    assert "18 juin 2026" in decided
    assert "« Comité de pilotage »" in decided
    assert "Régie de quartier" in decided
    assert "1er mars 2027" in decided
    assert "Parce que vous avez dit" in decided
    no = section(text, "non")
    assert (
        no.index("Une patinoire") < no.index("<strong>Non retenu") < no.index("Le sol est loué") < no.index("la Ville")
    )


def test_one_answer_to_several_lines_is_told_once(world: Any) -> None:
    one, two = world.note("La salle le soir"), world.note("Rester plus tard")
    world.publish()
    written = voices.answer(
        actor=world.lead, lines=[one, two], kind="adopted", reasons="Deux soirs de plus", decided_by="le comité",
        decided_on=date(2026, 6, 18),
    )  # fmt: skip
    voices.publish_answers(actor=world.lead, answers=written)
    text = page()
    assert text.count("Deux soirs de plus") == 1
    assert "La salle le soir" in text
    assert "Rester plus tard" in text


def test_a_refusal_that_was_taken_back_is_no_refusal_any_more(world: Any) -> None:
    line = world.note("Une patinoire")
    world.publish()
    world.answer(line, "not_now")
    assert "Une patinoire" in section(page(), "non")
    world.answer(line, "adapted", decided_on=date(2026, 10, 8), reasons="Une patinoire d'hiver, en plastique")
    assert section(page(), "non") == ""
    assert "en plastique" in section(page(), "dit")


def test_nothing_that_changed_since_the_table_was_validated_shows(world: Any) -> None:
    line = world.note("La salle le soir")
    world.publish()
    due = timezone.localdate() + timedelta(days=20)
    made = world.commit("Ouvrir la salle", line, next_step="Les clés sont données", next_step_on=due)
    world.freeze(taken_on=timezone.localdate())
    commitments.reword(actor=world.lead, commitment=made, text="Fermer la salle", reason="le budget")
    commitments.change(actor=world.lead, commitment=made, next_step="Rien de prévu", next_step_on=due)
    world.commit("Une promesse toute neuve", line)
    for path in (PAGE, TABLE, f"{TABLE}?format=csv"):
        answer = LintingClient().get(path)
        text = answer.getvalue().decode() if answer.streaming else answer.content.decode()
        assert "Ouvrir la salle" in text, path
        for since in ("Fermer la salle", "Rien de prévu", "toute neuve"):
            assert since not in text, (path, since)
    assert "Les clés sont données" in section(page(), "bientot")


@pytest.mark.parametrize(
    ("days", "shown"), [(-1, False), (0, True), (SOON.days, True), (SOON.days + 1, False)], ids=str
)
def test_three_months_are_92_days_and_a_step_that_is_past_is_not_shown(world: Any, days: int, shown: bool) -> None:
    world.commit("Ouvrir", next_step="La clé", next_step_on=timezone.localdate() + timedelta(days=days))
    world.freeze()
    assert bool(section(page(), "bientot")) == shown


@pytest.mark.parametrize(("age", "shown"), [(0, True), (SOON.days, True), (SOON.days + 1, False)], ids=str)
def test_a_step_without_a_date_is_told_as_long_as_the_table_is_recent(world: Any, age: int, shown: bool) -> None:
    world.commit("Ouvrir", next_step="La clé")
    world.freeze(taken_on=timezone.localdate() - timedelta(days=age))
    assert bool(section(page(), "bientot")) == shown


def test_my_neighbourhood_keeps_what_is_for_it_and_for_all(world: Any) -> None:
    here, there = (
        PriorityNeighbourhood.objects.create(code=code, name=name, generation=2024)
        for code, name in (("QN00001M", "Les Cèdres"), ("QN00002M", "Le Port"))
    )
    for one in (here, there):
        world.signatory.contract.perimeter.create(code=one.code, neighbourhood=one)
    made = world.commit("Des bancs aux Cèdres", neighbourhoods=[here])
    world.commit("Un ponton au Port", neighbourhoods=[there])
    world.commit("Répondre à chacun")
    world.freeze()
    made.neighbourhoods.set([there])  # since then: the table does not move
    decided = section(page(f"{PAGE}?quartier=QN00001M"), "decide")
    assert "Des bancs aux Cèdres" in decided
    assert "Répondre à chacun" in decided
    assert "Un ponton" not in decided
    assert "Un ponton" not in page(f"{TABLE}?quartier=QN00001M")
    assert LintingClient().get(f"{PAGE}?quartier=QN99999M").status_code == 404


def test_english_is_for_the_frame_and_french_for_what_people_said(world: Any) -> None:
    world.answer(world.note("La salle le soir"), published=False)
    world.publish()
    text = page(f"{PAGE}?langue=en")
    assert '<html lang="en"' in text
    assert "You said it, here is what follows" in text
    assert 'lang="fr" dir="auto">« La salle le soir' in text
    for french in ("Vous avez dit, voici", "Ce qui a été dit", "Décidé, par qui", "Pas encore de réponse"):
        assert french not in text, french
    assert f'href="{PAGE}suivi/?langue=en"' in text
    for unknown in ("de", "", "../../etc"):
        assert '<html lang="fr"' in page(f"{PAGE}?langue={unknown}")


def test_the_poster_carries_its_address(world: Any) -> None:
    world.answer(world.note("La salle le soir"))
    world.publish()
    text = page(f"{PAGE}affiche/")
    assert "/val-clair/public/" in text
    assert "data:image/svg+xml" in text
    assert "La salle ouvre deux soirs" in text


@pytest.mark.parametrize("path", [PAGE, TABLE, SAID, f"{PAGE}affiche/"])
def test_a_page_asks_as_many_questions_whatever_the_rows(
    world: Any, path: str, django_assert_max_num_queries: Any
) -> None:
    for n in range(SHOWN + 8):
        line = world.note(f"Une idée de plus, la {n}e")
        if n % 3:
            world.answer(line, "no" if n % 2 else "adopted", reasons=f"Raison {n}")
        world.commit(f"Faire la {n}e", line, next_step="La clé", next_step_on=timezone.localdate())
    world.publish()
    world.freeze()
    set_public_page(actor=world.lead, opened=True, announces=True)
    open_workshop(actor=world.lead, title="Bientôt", held_on=date(2099, 1, 1))
    with django_assert_max_num_queries(12):
        assert LintingClient().get(path).status_code == 200
    found = read(world.lead.space)
    assert len(found.decided) == SHOWN
    assert found.more_decided
