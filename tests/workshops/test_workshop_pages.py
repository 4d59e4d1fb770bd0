"""The pages of comptoirs as people use them: the main path, errors that lose nothing, fragments, cost."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from lxml import html
from workshop_samples import NOTES

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.analysis.documents import FORMATS
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Change, Heading, Resemblance, Statement
from comptoir.workshops.actions import add_comptoir, open_workshop, publish, validate
from comptoir.workshops.models import Import, SynthesisVersion, Workshop

Bring = Callable[..., Import]
Browser = Callable[[Actor], Any]
SLUG = "val-clair"
LIKE = ("Le café du mardi au pied de la tour", "Café du mardi au pied de la tour")


def at(name: str, *args: object) -> str:
    return reverse(name, args=(SLUG, *args))


def field(page: bytes, name: str) -> Any:
    (found,) = html.document_fromstring(page.decode()).xpath(f"//*[@name='{name}']")
    return found


def content(page: bytes, part: str) -> str:
    """One part of a page, without what changes at each request (tokens) or names the address."""
    (found,) = html.document_fromstring(page.decode()).xpath(f"//*[@id='{part}']")
    text = html.tostring(found, encoding="unicode").strip()
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", text)
    return re.sub(r' data-url="[^"]*"', "", re.sub(r"\s+", " ", text))


# The main path


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.FACILITATOR])
def test_from_a_paste_to_a_published_document(
    role: Role, lead: Actor, member: Callable[[str], Actor], client_for: Browser
) -> None:
    browser, publisher = client_for(member(role)), client_for(lead)
    clicks = [f"{words};{LIKE[0]}" for words in ("Essai", "Pièges")]
    text = "Sujet;Colonne;Note\n" + "\n".join(f"Habitants;{row}" for row in clicks)
    text += f"\nHabitants;Essai;{LIKE[1]}\n"
    preview = browser.post(at("import_new"), {"text": text}, follow=True)
    source = Import.objects.get()
    assert preview.request["PATH_INFO"] == at("import", source.code)
    assert "3\xa0lignes" in preview.content.decode()
    choices = {
        "title": "Soirée",
        "held_on": "2026-03-05",
        "speaker_kind": "professionals",
        "workshop": "",
        "confirm": "1",
    }
    similar = browser.post(at("import", source.code), choices, follow=True)
    workshop = Workshop.objects.get()
    assert similar.request["PATH_INFO"] == at("resemblances", workshop.code)
    pair = Resemblance.objects.get()
    decision = {"first": pair.first_id, "second": pair.second_id, "decision": "together"}
    browser.post(at("resemblance_decide", workshop.code), decision)
    board = browser.get(at("boards", workshop.code), follow=True)
    occasion = workshop.comptoirs.get().occasion
    assert board.request["PATH_INFO"] == at("board", workshop.code, occasion.code)
    root = Statement.objects.get(pk=Statement.objects.get(pk=pair.first_id).root_id)
    browser.post(at("board_act", workshop.code, occasion.code, "compter"), {"line": root.pk})
    line = browser.get(at("line", workshop.code, root.code))
    assert all(words in line.content.decode() for words in LIKE)
    frozen = browser.post(at("synthesis_validate", workshop.code), follow=True)
    assert frozen.request["PATH_INFO"] == at("version", workshop.code, 1)
    publisher.post(at("version_publish", workshop.code, 1))
    assert SynthesisVersion.objects.get().state == "published"
    version = client_for(member(Role.READER)).get(at("version", workshop.code, 1))
    links = [a.get("href") for a in html.document_fromstring(version.content.decode()).iter("a")]
    documents = [url for url in links if resolve_name(url) == "synthesis_document"]
    assert len(documents) == len(FORMATS) == 7
    for url in documents:
        assert client_for(member(Role.READER)).get(url).status_code == 200


def resolve_name(url: str) -> str:
    return str(resolve(urlsplit(url).path).url_name) if url.startswith("/") else ""


def test_what_the_preview_says_of_each_column_is_what_is_imported(lead: Actor, client_for: Browser) -> None:
    browser = client_for(lead)
    page = browser.post(at("import_new"), {"text": NOTES}, follow=True).content
    source = Import.objects.get()
    sent = {"title": "Soirée", "held_on": "", "speaker_kind": "mixed", "workshop": "", "confirm": "1"}
    for role in ("text", "column", "subject", "table", "tally"):
        sent[f"map_{role}"] = field(page, f"map_{role}").value
    assert (sent["map_text"], sent["map_tally"]) == ("Note", "Nombre")
    browser.post(at("import", source.code), sent | {"map_tally": ""})
    assert Workshop.objects.count() == 1
    assert sorted(Statement.objects.values_list("verbatim__tally", "heading__label")) == [
        (1, "Essai à transformer"), (1, "Essai à transformer"), (1, "Pièges à éviter"), (1, "Pièges à éviter"),
    ]  # fmt: skip


def test_confirming_from_two_tabs_leads_to_the_same_place(lead: Actor, client_for: Browser) -> None:
    browser = client_for(lead)
    browser.post(at("import_new"), {"text": NOTES})
    source = Import.objects.get()
    choices = {"title": "Soirée", "held_on": "", "speaker_kind": "mixed", "workshop": "", "confirm": "1"}
    first = browser.post(at("import", source.code), choices, follow=True)
    second = browser.post(at("import", source.code), choices, follow=True)
    assert first.request["PATH_INFO"] == second.request["PATH_INFO"]
    assert (Workshop.objects.count(), Statement.objects.count()) == (1, 4)


def test_the_same_content_is_flagged_before_it_is_imported_again(
    lead: Actor, client_for: Browser, bring: Bring
) -> None:
    workshop = bring(lead, NOTES).workshop
    assert workshop is not None
    page = client_for(lead).post(at("import_new"), {"text": NOTES}, follow=True).content.decode()
    assert "déjà été importé" in page
    assert at("workshop", workshop.code) in page
    other = client_for(lead).post(at("import_new"), {"text": NOTES + "Élus;Essai;Autre;;1\n"}, follow=True)
    assert "déjà été importé" not in other.content.decode()


# Errors that lose nothing


def test_what_cannot_be_read_comes_back_as_it_was_typed(lead: Actor, client_for: Browser) -> None:
    browser = client_for(lead)
    answer = browser.post(at("import_new"), {"text": "  \n---\n"})
    assert answer.status_code == 422
    assert field(answer.content, "text").text.strip() == "---"
    assert not Import.objects.exists()


def test_choices_with_an_error_come_back_as_they_were_typed(lead: Actor, client_for: Browser) -> None:
    browser = client_for(lead)
    browser.post(at("import_new"), {"text": NOTES})
    source = Import.objects.get()
    sent = {
        "title": "Un titre long à retaper",
        "held_on": "demain",
        "speaker_kind": "mixed",
        "workshop": "",
        "confirm": "1",
    }
    answer = browser.post(at("import", source.code), sent)
    assert answer.status_code == 422
    assert field(answer.content, "title").get("value") == "Un titre long à retaper"
    assert field(answer.content, "held_on").get("value") == "demain"
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("name", ["workshop_new", "workshop_edit"])
def test_a_workshop_without_title_comes_back_with_the_rest(name: str, lead: Actor, client_for: Browser) -> None:
    args = () if name == "workshop_new" else (open_workshop(actor=lead, title="Avant").code,)
    sent = {
        "title": " ",
        "held_on": "",
        "place": "Salle du préau",
        "introduction": "Dit ainsi",
        "speaker_kind": "mixed",
    }
    answer = client_for(lead).post(at(name, *args), sent)
    assert answer.status_code == 422
    assert field(answer.content, "place").get("value") == "Salle du préau"
    assert field(answer.content, "introduction").text.strip() == "Dit ainsi"
    assert not Workshop.objects.exclude(title="Avant").exists()


def test_a_refused_note_says_why_without_a_lost_page(lead: Actor, client_for: Browser, bring: Bring) -> None:
    workshop = bring(lead, NOTES).workshop
    assert workshop is not None
    heading = Heading.objects.all()[0]
    url = at("board_act", workshop.code, heading.occasion.code, "ajouter")
    for sent in ({"heading": heading.pk, "words": " "}, {"heading": heading.pk, "words": "x" * 5_001}):
        answer = client_for(lead).post(url, sent, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert answer.headers["HX-Retarget"] == "#alerts"  # the form and what is typed in it stay where they are
    assert Statement.objects.count() == 4


def test_a_note_taken_out_towards_a_line_that_is_gone_stays_where_it_was(
    lead: Actor, client_for: Browser, bring: Bring
) -> None:
    workshop = bring(lead, NOTES).workshop
    assert workshop is not None
    a, b, gone, _ = Statement.objects.order_by("pk")
    voices.gather(actor=lead, kept=a, absorbed=b)
    url = at("board_act", workshop.code, a.heading.occasion.code, "separer")
    voices.withdraw(actor=lead, line=gone)
    answer = client_for(lead).post(url, {"line": b.pk, "kept": gone.pk}, headers={"HX-Request": "true"})
    assert answer.status_code in {404, 409}
    b.refresh_from_db()
    assert b.root_id == a.pk


@pytest.mark.parametrize("page", ["9" * 5_000, "²", "-1", "abc", "99999999999999999999"])
def test_a_page_number_that_is_none_shows_a_page(page: str, lead: Actor, client_for: Browser, bring: Bring) -> None:
    workshop = bring(lead, NOTES).workshop
    assert workshop is not None
    heading = Heading.objects.all()[0]
    url = at("board", workshop.code, heading.occasion.code)
    assert client_for(lead).get(url, {"colonne": heading.pk, "page": page}).status_code == 200
    assert client_for(lead).get(at("workshops"), {"page": page}).status_code == 200


# Fragments


@pytest.fixture
def open_board(lead: Actor) -> tuple[Workshop, Heading, list[Statement]]:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS)
    heading = Heading.objects.get(label="Essai à transformer")
    lines = [voices.add_note(actor=lead, heading=heading, words=f"Un banc, numéro {n}") for n in range(45)]
    voices.gather(actor=lead, kept=lines[0], absorbed=lines[1])
    return workshop, heading, lines


VERBS: dict[str, Callable[[Heading, list[Statement]], dict[str, Any]]] = {
    "ajouter": lambda heading, lines: {"heading": heading.pk, "words": "Un banc de plus"},
    "compter": lambda heading, lines: {"line": lines[2].pk},
    "deplacer": lambda heading, lines: {"line": lines[2].pk, "heading": heading.occasion.headings.all()[2].pk},
    "rapprocher": lambda heading, lines: {"line": lines[2].pk, "kept": lines[3].pk},
    "separer": lambda heading, lines: {"line": lines[1].pk},
    "annuler": lambda heading, lines: {"change": Change.objects.latest("id").pk},
}


@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("query", ["", "q=banc", "colonne={heading}", "colonne={heading}&page=1"])
def test_the_board_that_an_operation_gives_back_is_the_page_reloaded(
    verb: str, query: str, open_board: tuple[Workshop, Heading, list[Statement]], lead: Actor, client_for: Browser
) -> None:
    workshop, heading, lines = open_board
    browser = client_for(lead)
    here = at("board", workshop.code, heading.occasion.code)
    if query:
        here += "?" + query.format(heading=heading.pk)
    browser.get(here)
    fragment = browser.post(
        at("board_act", workshop.code, heading.occasion.code, verb),
        VERBS[verb](heading, lines),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}"},
    )
    assert fragment.status_code == 200
    assert "announce" in fragment.headers["HX-Trigger"]
    assert content(fragment.content, "board") == content(browser.get(here).content, "board")


@pytest.mark.parametrize("decision", ["together", "apart"])
def test_the_pairs_that_a_decision_gives_back_are_the_page_reloaded(
    decision: str, lead: Actor, client_for: Browser, bring: Bring
) -> None:
    rows = "".join(f"Essai;{words}\n" for words in (*LIKE, "Un goûter dans la cour", "Le goûter dans la cour"))
    workshop = bring(lead, f"Colonne;Note\n{rows}", name="n.csv").workshop
    assert workshop is not None
    browser = client_for(lead)
    pair, left = Resemblance.objects.all()
    fragment = browser.post(
        at("resemblance_decide", workshop.code),
        {"first": pair.first_id, "second": pair.second_id, "decision": decision},
        headers={"HX-Request": "true"},
    )
    reloaded = browser.get(at("resemblances", workshop.code)).content
    assert content(fragment.content, "pairs") == content(reloaded, "pairs")
    assert str(left.first_id) in content(reloaded, "pairs")
    assert str(pair.second_id) not in content(reloaded, "pairs")


# Cost


def queries(browser: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        answer = browser.get(url)
    assert answer.status_code == 200, url
    return len(caught)


def test_pages_cost_as_many_questions_for_one_row_as_for_many(lead: Actor, client_for: Browser, bring: Bring) -> None:
    browser = client_for(lead)
    first = "Sujet;Colonne;Note\nHabitants;Essai;{0}\n".format
    workshop = bring(
        lead, "".join(["Sujet;Colonne;Note\n", *(f"Habitants;Essai;{w}\n" for w in LIKE)]), name="n.csv"
    ).workshop
    assert workshop is not None
    publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    occasion = workshop.comptoirs.get().occasion
    root = Statement.objects.order_by("pk")[0]
    pages = [
        f"/{SLUG}/", at("journal"), at("workshops"), at("workshop", workshop.code), at("resemblances", workshop.code),
        at("board", workshop.code, occasion.code), at("line", workshop.code, root.code), at("synthesis", workshop.code),
        at("version", workshop.code, 1), at("version_line", workshop.code, 1, root.code), at("import_new"),
    ]  # fmt: skip
    before = {url: queries(browser, url) for url in pages}
    like = ("Un banc devant l'école numéro", "Devant l'école un banc numéro")
    rows = "".join(f"Habitants;{c};{like[n % 2]} {n // 2}\n" for n in range(50) for c in ("Essai", "Pièges", "Autre"))
    bring(lead, f"Sujet;Colonne;Note\n{rows}", name="suite.csv", workshop=workshop)
    for line in Statement.objects.filter(heading=root.heading).exclude(pk=root.pk)[:20]:
        voices.gather(actor=lead, kept=root, absorbed=line)
        voices.reword(actor=lead, line=line, text=f"Reformulée {line.code}")
    for n in range(22):
        other = bring(lead, first(f"Un arbre {n}"), name=f"{n}.csv").workshop
        assert other is not None
        publish(actor=lead, version=validate(actor=lead, workshop=other))
    for _ in range(3):
        voices.tally(actor=lead, line=root)
        publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    after = {url: queries(browser, url) for url in pages}
    # One more question where there is at last something to fetch: the words under a line, the next page.
    assert {url: (before[url], after[url]) for url in pages if after[url] > before[url] + 1} == {}
    assert {url: after[url] for url in pages if after[url] > 12} == {}
    for url in (at("version", workshop.code, 4), at("version_line", workshop.code, 4, root.code)):
        assert queries(browser, url) <= 12
    previewed = browser.post(at("import_new"), {"text": NOTES})
    assert queries(browser, previewed.headers["Location"]) <= 12
