"""Attack on published copies: a name and a kind of two speakers, looked for wherever a reader can go.

Cites docs/concepts/public-copy.md.
"""

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.analysis.documents import FORMATS
from comptoir.audit.models import Entry
from comptoir.disclosure.actions import set_threshold
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices import actions as voices
from comptoir.voices.enums import SpeakerKind, Subject
from comptoir.voices.models import Statement, Verbatim
from comptoir.workshops.actions import (
    add_comptoir,
    decide_mask,
    leave_others,
    open_workshop,
    publish,
    validate,
)
from comptoir.workshops.models import Mask, SynthesisVersion
from comptoir.workshops.public import reading, to_decide

NAME, PHONE = "Ismène Roudier", "06 12 34 56 78"
HEAR_RAW = {Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR}
Browser = Callable[[Actor], Any]


@pytest.fixture
def version(lead: Actor) -> SynthesisVersion:
    """Twenty notes of residents, two of elected officials at a table of their own; a name in words and rewordings."""
    workshop = open_workshop(actor=lead, title="Comptoir du préau")
    occasion = add_comptoir(
        actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS, speaker_kind=SpeakerKind.MIXED
    ).occasion
    heading = occasion.headings.order_by("position")[0]

    def note(words: str, kind: SpeakerKind, table: str) -> Statement:
        return voices.add_note(actor=lead, heading=heading, words=words, speaker_kind=kind, table=table)

    for n in range(20):
        note(f"Un banc de plus, le {n}e de la place", SpeakerKind.RESIDENTS, "Table Nord")
    note("Passer voir les gens chez eux", SpeakerKind.ELECTED_OFFICIALS, "Table Sud")
    note("Parler moins longtemps", SpeakerKind.ELECTED_OFFICIALS, "Table Sud")
    named = note(f"On peut joindre {NAME} au {PHONE}", SpeakerKind.RESIDENTS, "Table Nord")
    under = note(f"Demandez à {NAME}, elle sait", SpeakerKind.RESIDENTS, "Table Nord")
    voices.gather(actor=lead, kept=named, absorbed=under)
    voices.reword(actor=lead, line=named, text=f"Passer par {NAME} pour être orienté")
    return validate(actor=lead, workshop=workshop)


def mask_all(actor: Actor, version: SynthesisVersion) -> None:
    for quote in to_decide(version):
        decide_mask(
            actor=actor, version=version, statement_id=quote.key[0], rewording_id=quote.key[1], text=quote.proposed
        )


def everything_read(browser: Any, actor: Actor, version: SynthesisVersion) -> dict[str, str]:
    """Every page that links lead to from the space's home, and every document of the version: address -> text."""
    start = f"/{actor.space.slug}/"
    waiting, seen = [start], {}
    while waiting:
        address = waiting.pop()
        response = browser.get(address)
        if response.status_code != 200 or address in seen:
            seen.setdefault(address, "")
            continue
        body = b"".join(response) if response.streaming else response.content
        kind = response.headers["Content-Type"].partition(";")[0]
        seen[address] = text_of(body, address)
        if kind == "text/html":
            for link in re.findall(r'href="([^"#]+)', body.decode()):
                link = unescape(link)
                if link.startswith(start) and link not in seen:
                    waiting.append(link)
    for suffix in FORMATS:
        address = reverse("synthesis_document", args=(actor.space.slug, version.workshop.code, "1", suffix))
        assert address in seen, suffix
    return seen


def text_of(body: bytes, address: str) -> str:
    if body.startswith(b"%PDF"):
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return " ".join(
                re.sub(r"<[^>]+>", "", archive.read(name).decode("utf-8", "ignore"))
                for name in archive.namelist() if name.endswith(".xml")
            )  # fmt: skip
    return unescape(body.decode("utf-8", "ignore"))


@pytest.mark.parametrize("role", sorted(set(Role) - HEAR_RAW))
def test_no_reader_finds_the_name_nor_the_two_officials(
    role: Role, lead: Actor, member: Callable[..., Actor], client_for: Browser, version: SynthesisVersion
) -> None:
    mask_all(lead, version)
    publish(actor=lead, version=version)
    actor = member(role)
    found = everything_read(client_for(actor), actor, version)
    assert len(found) > 20 + len(FORMATS)
    for address, text in found.items():
        for secret in ("Roudier", "Ismène", "34 56", "par des élus", "Table Sud", "Table Nord", "par des habitants"):
            assert secret not in text, (address, secret)
    assert any("[nom]" in text for text in found.values())
    assert any("qui parle et la table ne s'affichent pas" in text for text in found.values())


def test_the_names_are_in_the_pages_of_those_who_hear_raw_notes(
    lead: Actor, evaluator: Actor, client_for: Browser, version: SynthesisVersion
) -> None:
    mask_all(lead, version)
    publish(actor=lead, version=version)
    line = version.lines.get(rewording__isnull=False)
    address = reverse("version_line", args=(lead.space.slug, version.workshop.code, 1, line.statement.code))
    page = unescape(client_for(evaluator).get(address).content.decode())
    assert NAME in page
    assert "Copie publique : « On peut joindre [nom] au [téléphone] »" in page
    assert "par des habitants" in page


def test_documents_carry_the_public_copy_whoever_takes_them(
    lead: Actor, client_for: Browser, version: SynthesisVersion
) -> None:
    mask_all(lead, version)
    address = reverse("synthesis_document", args=(lead.space.slug, version.workshop.code, "1", "md"))
    content = client_for(lead).get(address).content.decode()
    assert "[nom]" in content.replace("\\", "")
    assert "Roudier" not in content


def test_above_the_threshold_who_speaks_and_the_table_are_told(
    lead: Actor, reader: Actor, client_for: Browser, version: SynthesisVersion
) -> None:
    mask_all(lead, version)
    publish(actor=lead, version=version)
    line = version.lines.order_by("position")[0]
    address = reverse("version_line", args=(lead.space.slug, version.workshop.code, 1, line.statement.code))
    hidden = client_for(reader).get(address).content.decode()
    assert "par des habitants" not in hidden
    Verbatim.objects.filter(table="Table Sud").update(table="Table Nord", speaker_kind=SpeakerKind.RESIDENTS)
    shown = client_for(reader).get(address).content.decode()
    assert "par des habitants" in shown
    assert "Table Nord" in shown
    set_threshold(actor=lead, threshold=25)
    assert "par des habitants" not in client_for(reader).get(address).content.decode()


def test_nothing_is_published_before_each_passage_was_looked_at(lead: Actor, version: SynthesisVersion) -> None:
    assert [len(quote.passages) for quote in to_decide(version)] == [1, 2, 1]
    with pytest.raises(Conflict, match="il en reste 3"):
        publish(actor=lead, version=version)
    assert leave_others(actor=lead, version=version) == 3
    assert leave_others(actor=lead, version=version) == 0
    assert publish(actor=lead, version=version).published_at


def test_words_never_change_and_a_mask_is_a_row_with_its_author(lead: Actor, version: SynthesisVersion) -> None:
    words = sorted(Verbatim.objects.values_list("pk", "words"))
    mask_all(lead, version)
    assert sorted(Verbatim.objects.values_list("pk", "words")) == words
    mask = Mask.objects.filter(rewording=None).order_by("pk")[0]
    assert (mask.author_id, mask.author_organisation) == (lead.person_id, "Agglomération")
    journal = " ".join(str(entry.details) for entry in Entry.objects.all())
    assert "Roudier" not in journal
    assert "[nom]" not in journal


def test_a_decision_is_taken_back_by_another_and_said_twice_is_written_once(
    lead: Actor, version: SynthesisVersion
) -> None:
    quote = to_decide(version)[0]
    key = {"statement_id": quote.key[0], "rewording_id": quote.key[1]}
    first = decide_mask(actor=lead, version=version, text="Passer par quelqu'un", **key)
    assert decide_mask(actor=lead, version=version, text=" Passer par quelqu'un ", **key) == first
    back = decide_mask(actor=lead, version=version, text=quote.text, **key)
    assert back.text == ""
    assert [q.mask for q in reading(version) if q.key == quote.key] == [back]


def test_only_the_team_masks_and_only_what_the_version_shows(
    lead: Actor, reader: Actor, evaluator: Actor, stranger: Actor, version: SynthesisVersion
) -> None:
    quote = to_decide(version)[0]
    for actor in (reader, evaluator, stranger):
        with pytest.raises(Refused):
            decide_mask(actor=actor, version=version, statement_id=quote.key[0], text="x")
        with pytest.raises(Refused):
            leave_others(actor=actor, version=version)
    with pytest.raises(Invalid, match="n'est pas dans cette version"):
        decide_mask(actor=lead, version=version, statement_id=version.pk, text="x")
    with pytest.raises(Invalid, match="5 000"):
        decide_mask(actor=lead, version=version, statement_id=quote.key[0], text="x" * 5001)


def test_the_reading_page_masks_and_leaves(lead: Actor, client_for: Browser, version: SynthesisVersion) -> None:
    browser = client_for(lead)
    args = (lead.space.slug, version.workshop.code, 1)
    page = browser.get(reverse("reading", args=args)).content.decode()
    assert "passages à relire" in page
    first, second, _ = to_decide(version)
    post = {"quote": first.identity, "text": first.proposed, "decision": "mask"}
    assert browser.post(reverse("reading_decide", args=args), post).status_code == 302
    browser.post(reverse("reading_decide", args=args), {"quote": second.identity, "decision": "keep"})
    assert len(to_decide(version)) == 1
    browser.post(reverse("reading_decide", args=args), {"decision": "others"})
    assert "Publier pour tous les membres" in browser.get(reverse("reading", args=args)).content.decode()
    assert browser.post(reverse("reading_decide", args=args), {"quote": "zz"}).status_code == 404


def test_the_title_and_columns_are_pointed_out(lead: Actor, client_for: Browser) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir chez Ismène Roudier")
    heading = add_comptoir(actor=lead, workshop=workshop, title="Notes", subject=Subject.OTHER).occasion.headings.all()[
        0
    ]
    voices.add_note(actor=lead, heading=heading, words="Un banc")
    version = validate(actor=lead, workshop=workshop)
    page = client_for(lead).get(reverse("reading", args=(lead.space.slug, workshop.code, version.number)))
    assert "Le titre contient" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_reading_costs_the_same_whatever_the_rows(
    rows: int, lead: Actor, client_for: Browser, django_assert_max_num_queries: Any
) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir")
    heading = add_comptoir(actor=lead, workshop=workshop, title="Notes", subject=Subject.OTHER).occasion.headings.all()[
        0
    ]
    for n in range(rows):
        voices.add_note(actor=lead, heading=heading, words=f"Voir Karim Benali au {n}")
    version = validate(actor=lead, workshop=workshop)
    browser = client_for(lead)
    for name in ("reading", "version"):
        with django_assert_max_num_queries(13 if name == "version" else 12):
            browser.get(reverse(name, args=(lead.space.slug, workshop.code, version.number)))
