"""Words that attack, words that look like formulas, and what readers never see on the pages of comptoirs."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html
from workshop_samples import NOTES, SYNTHESIS

from comptoir.accounts.models import Actor, Person
from comptoir.voices import actions as voices
from comptoir.voices.models import Statement
from comptoir.workshops.actions import publish, validate
from comptoir.workshops.models import Import

Bring = Callable[..., Import]
Browser = Callable[[Actor], Any]
SLUG = "val-clair"


def at(name: str, *args: object) -> str:
    return reverse(name, args=(SLUG, *args))


HOSTILE = "<script>alert(1)</script> \"'>&lt; {{ 7|add:'7' }} {% load x %} </textarea></option>"


def test_words_are_shown_and_never_obeyed(lead: Actor, bring: Bring) -> None:
    browser = Client()  # the words look like a template that was not rendered: our own linter would stop there
    browser.force_login(Person.objects.get(pk=lead.person_id))
    cells = '"' + HOSTILE.replace('"', '""') + '"'
    text = f"Sujet;Colonne;Note;Table\n{cells};{cells};{cells};{cells}\n{cells};{cells};{cells} bis;{cells}\n"
    choices = {"title": HOSTILE, "held_on": None, "speaker_kind": "mixed", "mapping": {}}
    preview = browser.post(at("import_new"), {"text": text}, follow=True)
    workshop = bring(lead, text, **choices).workshop
    assert workshop is not None
    first, second = Statement.objects.order_by("pk")
    voices.reword(actor=lead, line=first, text=HOSTILE + " !")
    similar = browser.get(at("resemblances", workshop.code))
    voices.gather(actor=lead, kept=first, absorbed=second)
    workshop.place, workshop.introduction = HOSTILE[:200], HOSTILE
    workshop.save()
    publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    occasion = workshop.comptoirs.get().occasion
    pages = [preview, similar] + [
        browser.get(url)
        for url in (
            f"/{SLUG}/", at("workshops"), at("workshop", workshop.code), at("workshop_edit", workshop.code),
            at("board", workshop.code, occasion.code), at("board", workshop.code, occasion.code) + "?q=%3Cscript%3E",
            at("line", workshop.code, first.code), at("synthesis", workshop.code), at("version", workshop.code, 1),
            at("version_line", workshop.code, 1, first.code), at("journal"),
        )
    ]  # fmt: skip
    shown = 0
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        tree = html.document_fromstring(text)
        assert not [s for s in tree.iter("script") if not s.get("src")]
        assert "alert(1)</script>" not in text
        said = " ".join(tree.text_content().split())
        shown += "{{ 7|add:'7' }}" in said
        assert "14</" not in text
    assert shown >= 10


def test_words_that_look_like_formulas_come_in_as_words(lead: Actor, client_for: Browser, bring: Bring) -> None:
    workshop = bring(lead, NOTES, name="notes.csv").workshop
    assert workshop is not None
    assert Statement.objects.filter(verbatim__words="=Venir seul à la fin").exists()
    occasion = workshop.comptoirs.get(occasion__title="Élus").occasion
    assert "=Venir seul à la fin" in client_for(lead).get(at("board", workshop.code, occasion.code)).content.decode()


def test_a_reader_finds_the_published_version_and_nothing_else(
    lead: Actor, reader: Actor, client_for: Browser, bring: Bring
) -> None:
    workshop = bring(lead, SYNTHESIS).workshop
    assert workshop is not None
    browser = client_for(reader)
    assert browser.get(at("workshop", workshop.code)).status_code == 404
    publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    line = Statement.objects.get(reported_wording="Le goûter du jeudi")
    voices.reword(actor=lead, line=line, text="Pas encore publié")
    validate(actor=lead, workshop=workshop)
    occasion = workshop.comptoirs.all()[0].occasion
    page = browser.get(at("workshop", workshop.code), follow=True)
    assert page.request["PATH_INFO"] == at("version", workshop.code, 1)
    assert "Le goûter du jeudi" in page.content.decode()
    assert "Pas encore publié" not in page.content.decode()
    closed = {
        at("version", workshop.code, 2): 404, at("version_line", workshop.code, 2, line.code): 404,
        at("board", workshop.code, occasion.code): 403, at("line", workshop.code, line.code): 403,
        at("synthesis", workshop.code): 403, at("resemblances", workshop.code): 403, at("journal"): 403,
        at("import_new"): 403,
    }  # fmt: skip
    assert {url: browser.get(url).status_code for url in closed} == closed
    assert browser.get(at("version_line", workshop.code, 1, line.code)).status_code == 200
    assert "Pas encore publié" not in browser.get(at("workshops")).content.decode()
