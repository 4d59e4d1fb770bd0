"""Documents that leave the house: seven formats, the same words, only to those who may read them."""

import csv
import io
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.analysis.documents import FORMATS, unprotect
from comptoir.analysis.synthesis import Synthesis, read_file, write_item
from comptoir.demo.content import SYNTHESIS_2025
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading
from comptoir.workshops.actions import (
    add_comptoir,
    confirm_import,
    open_workshop,
    publish,
    receive,
    set_choices,
    validate,
)
from comptoir.workshops.models import SynthesisVersion, Workshop

SEED = Path(__file__).parents[3] / "shared" / "seed" / "synthese-2024-engagements-quartiers-2030.txt"
READ_AGAIN = ("odt", "docx", "md", "csv", "xlsx")
HEAR_RAW = {Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR}
Browser = Callable[[Actor], Any]


def imported(actor: Actor, content: bytes, name: str) -> Workshop:
    source = receive(actor=actor, content=content, name=name, media_type="text/plain")
    set_choices(
        actor=actor, source=source, title=source.title, held_on=date(2026, 3, 5), speaker_kind="professionals",
        workshop=None, mapping={},
    )  # fmt: skip
    confirm_import(actor=actor, source=source, back_url="/")
    return Workshop.objects.get()


def address(actor: Actor, workshop: Workshop, version: str, suffix: str) -> str:
    return reverse("synthesis_document", args=(actor.space.slug, workshop.code, version, suffix))


def fetch(browser: Any, actor: Actor, workshop: Workshop, version: str, suffix: str) -> bytes:
    response = browser.get(address(actor, workshop, version, suffix))
    assert response.status_code == 200, suffix
    assert response.headers["Content-Type"] == FORMATS[suffix].media_type
    assert response.headers["Content-Disposition"].endswith(f'-{version}.{suffix}"')
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    content: bytes = response.content
    return content


def tables(synthesis: Synthesis) -> list[object]:
    return [
        (b.title, b.subject, [(c.label, c.kind, [(i.text, i.occurrences) for i in c.items]) for c in b.columns])
        for b in synthesis.boards
    ]


def points(synthesis: Synthesis) -> list[object]:
    return [(s.title, s.points) for outline in synthesis.outlines for s in outline.sections]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("which", ["our own document", "the source document"])
def test_a_draft_downloaded_in_every_format_says_the_tables_that_were_imported(
    which: str, lead: Actor, client_for: Browser
) -> None:
    if which == "our own document":
        content, name = SYNTHESIS_2025.encode(), "synthese.txt"
    elif SEED.exists():
        content, name = SEED.read_bytes(), SEED.name
    else:
        pytest.skip("the source document is not beside this checkout (../shared/seed)")
    read = read_file(content, name)
    assert isinstance(read, Synthesis)
    workshop = imported(lead, content, name)
    browser = client_for(lead)
    found = {suffix: fetch(browser, lead, workshop, "brouillon", suffix) for suffix in FORMATS}
    assert len(found) == 7
    for suffix in READ_AGAIN:
        again = read_file(found[suffix], f"synthese.{suffix}")
        assert isinstance(again, Synthesis), suffix
        assert tables(again) == tables(read), suffix
        assert points(again) == points(read), suffix
        assert (again.items, again.occurrences) == (read.items, read.occurrences), suffix
    outline = [point for outline in read.outlines for section in outline.sections for point in section.points]
    page = squeezed(html.fromstring(found["html"]).text_content())
    printed = squeezed("".join(p.extract_text() for p in PdfReader(io.BytesIO(found["pdf"])).pages))
    for text in [write_item(item.text, item.occurrences) for _, _, item in read.lines()] + outline:
        assert squeezed(text) in printed
    for text in [item.text for _, _, item in read.lines()] + outline:
        assert squeezed(text) in page


def board_with(actor: Actor, *said: tuple[str, int]) -> Workshop:
    workshop = open_workshop(actor=actor, title="Soir d'hiver", held_on=date(2026, 2, 3), place="Salle du préau")
    add_comptoir(actor=actor, workshop=workshop, title="Atelier : Habitants", subject=Subject.RESIDENTS)
    heading = Heading.objects.get(label="Essai à transformer")
    for words, tally in said:
        voices.add_note(actor=actor, heading=heading, words=words, tally=tally)
    return workshop


HOSTILE = (
    "=1+1 fois par semaine", "+33 rien que ça", "@tous ensemble", "-10 % de bruit", "'=déjà protégé",
    "<script>alert('x')</script>", "{{ 7|add:7 }} et {% now 'Y' %}", 'Il a dit "non" & voilà', "**gras** | tableau",
)  # fmt: skip


def test_words_that_look_like_formulas_markup_or_templates_survive_every_download(
    lead: Actor, client_for: Browser
) -> None:
    workshop = board_with(lead, *((words, n) for n, words in enumerate(HOSTILE, 1)))
    browser = client_for(lead)
    for suffix in READ_AGAIN:
        again = read_file(fetch(browser, lead, workshop, "brouillon", suffix), f"s.{suffix}")
        assert isinstance(again, Synthesis)
        assert [(i.text, i.occurrences) for _, _, i in again.lines()] == [(w, n) for n, w in enumerate(HOSTILE, 1)]
    page = fetch(browser, lead, workshop, "brouillon", "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7|add:7 }}" in unescape(page)
    rows = list(
        csv.reader(io.StringIO(fetch(browser, lead, workshop, "brouillon", "csv").decode("utf-8-sig")), delimiter=";")
    )
    assert rows[0] == ["sujet", "colonne", "texte", "occurrences"]
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    assert [unprotect(row[2]) for row in rows[1:]] == list(HOSTILE)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_take_what(role: Role, lead: Actor, member: Callable[[str], Actor], client_for: Browser) -> None:
    workshop = board_with(lead, ("Un banc", 2))
    validate(actor=lead, workshop=workshop)
    actor = member(role)
    browser = client_for(actor)
    hears = role in HEAR_RAW

    def get(version: str, suffix: str = "csv") -> int:
        return int(browser.get(address(actor, workshop, version, suffix)).status_code)

    assert [get("brouillon"), get("1")] == ([200, 200] if hears else [404, 404])
    publish(actor=lead, version=SynthesisVersion.objects.get())
    voices.tally(actor=lead, line=Heading.objects.get(label="Essai à transformer").statements.get())
    validate(actor=lead, workshop=workshop)
    assert [get("1"), get("2"), get("brouillon")] == ([200, 200, 200] if hears else [200, 404, 403])
    assert [get("3"), get("0"), get("1", "exe"), get("99999999999999999999")] == [404, 404, 404, 404]


def test_strangers_and_visitors_get_nothing(lead: Actor, stranger: Actor, client_for: Browser, client: Any) -> None:
    workshop = board_with(lead, ("Un banc", 2))
    publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    theirs = client_for(stranger)
    for version in ("brouillon", "1"):
        assert theirs.get(address(lead, workshop, version, "csv")).status_code == 404
        assert theirs.get(address(stranger, workshop, version, "csv")).status_code == 404
        assert client.get(address(lead, workshop, version, "csv")).status_code == 302


def test_a_version_downloaded_later_is_the_same_file(lead: Actor, client_for: Browser) -> None:
    workshop = board_with(lead, ("Un banc", 2), ("Des bancs", 1))
    version = publish(actor=lead, version=validate(actor=lead, workshop=workshop))
    browser = client_for(lead)
    before = {suffix: fetch(browser, lead, workshop, "1", suffix) for suffix in ("csv", "odt", "html")}
    a, b = Heading.objects.get(label="Essai à transformer").statements.order_by("position")
    voices.gather(actor=lead, kept=a, absorbed=b)
    voices.reword(actor=lead, line=a, text="S'asseoir")
    assert {suffix: fetch(browser, lead, workshop, "1", suffix) for suffix in before} == before
    assert version.number == 1


def test_a_document_says_where_when_and_in_which_state(lead: Actor, client_for: Browser) -> None:
    workshop = board_with(lead, ("Un banc", 2))
    browser = client_for(lead)
    page = fetch(browser, lead, workshop, "brouillon", "html").decode()
    assert "3 février 2026" in page
    assert "Salle du préau" in page
    assert "Brouillon du " in page
    version = validate(actor=lead, workshop=workshop)
    assert "Version 1, relue le " in fetch(browser, lead, workshop, "1", "html").decode()
    publish(actor=lead, version=version)
    assert "Version 1, publiée le " in fetch(browser, lead, workshop, "1", "html").decode()


def test_a_title_without_letters_makes_a_file_name_all_the_same(lead: Actor, client_for: Browser) -> None:
    workshop = board_with(lead, ("Un banc", 2))
    workshop.title = "…\r\nX-Injecte: oui «»"
    workshop.save()
    response = client_for(lead).get(address(lead, workshop, "brouillon", "csv"))
    assert "X-Injecte" not in response.headers
    assert response.headers["Content-Disposition"].startswith('attachment; filename="')


def test_posting_to_a_document_is_not_allowed(lead: Actor, client_for: Browser) -> None:
    workshop = board_with(lead, ("Un banc", 2))
    assert client_for(lead).post(address(lead, workshop, "brouillon", "csv")).status_code == 405


def test_three_formats_are_offered_at_once_and_the_others_behind_one_word(lead: Actor, client_for: Browser) -> None:
    workshop = board_with(lead, ("Un banc", 2))
    page = html.fromstring(client_for(lead).get(reverse("synthesis", args=(lead.space.slug, workshop.code))).content)
    (offer,) = page.xpath("//nav[@class='documents']")
    assert offer.get("aria-label") == "Télécharger la synthèse"
    assert [link.text_content().strip() for link in offer.xpath("./ul//a")] == [
        "PDF", "Word (.docx)", "LibreOffice (.odt)",
    ]  # fmt: skip
    assert [element.text_content().strip() for element in offer.xpath("./details/*[self::summary]")] == [
        "Autres formats"
    ]
    assert [link.text_content().strip() for link in offer.xpath("./details//a")] == [
        "Tableur (.xlsx)", "Données (.csv)", "Page web (.html)", "Markdown (.md)",
    ]  # fmt: skip
    assert {link.get("href") for link in offer.xpath(".//a")} == {
        address(lead, workshop, "brouillon", suffix) for suffix in FORMATS
    }
