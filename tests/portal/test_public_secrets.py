"""Attack on the public pages: secrets are planted wherever a team types, then looked for at every public address.

Cites docs/concepts/page-publique.md, « Garanties ».
"""

import io
import re
import zipfile
from collections import deque
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.utils import timezone
from lxml import html

from comptoir.analysis.text import fold
from comptoir.commitments import actions as commitments
from comptoir.portal.public.actions import set_public_page
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.workshops.actions import add_comptoir, open_workshop
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/val-clair/public/"
MOST = 150  # pages: each list with each of its filters, sorts and files once
# What must be nowhere, each with the place where it is planted below.
SECRETS = {
    "Ismène": "a name in words, masked in the public copy",
    "06 12 34 56 78": "a number in words, masked",
    "Odalys": "a name in a rewording, masked",
    "zinnia-brouillon": "the words of a line that is not published",
    "zinnia-tard": "words added after the last version",
    "zinnia-retire": "a line published, then withdrawn",
    "zinnia-nom": "a column of names",
    "zinnia-dessous": "words gathered under a published line",
    "zinnia-question": "the introduction of a comptoir",
    "zinnia-salle": "the place of a comptoir that was held",
    "zinnia-reponse": "a draft of an answer",
    "zinnia-reprise": "an answer withdrawn",
    "zinnia-avant": "an answer of a line that is not published",
    "Table Sud": "a table, of a group below the threshold",
    "des élus": "a kind of two speakers, below the threshold",
    "Quitterie": "the referent of the signatory",
    "referente@exemple.fr": "the address of the referent",
    "Fulgence": "the person who validated the table",
    "zinnia-mesure": "how a commitment is measured",
    "zinnia-piece": "a proof that is not in the table",
    "zinnia-neuf": "a commitment written since the table was validated",
    "zinnia-etape": "a next step changed since",
    "zinnia-motif": "the reason of a decision, which the table does not carry",
    "Lestrade": "a member of the space",
    "lead@exemple.fr": "the address of a member",
}  # fmt: skip
SHOWN = ("Un banc de plus", "La salle ouvre deux soirs", "Rouvrir la loge", "Régie de quartier")


@pytest.fixture
def planted(world: Any) -> Any:
    """A space where every secret is planted, with its public page open."""
    lead, workshop = world.lead, world.workshop
    for n in range(20):
        world.note(f"Un banc de plus, le {n}e", table="Table Nord")
    for words in ("Passer voir les gens", "Parler moins longtemps"):
        world.note(words, table="Table Sud", speaker_kind=SpeakerKind.ELECTED_OFFICIALS)
    named = world.note("On peut joindre Ismène Roudier au 06 12 34 56 78")
    reworded = world.note("Elle aide tout le monde")
    voices.reword(actor=lead, line=reworded, text="On compte sur Odalys Vernet, qui aide tout l'étage")
    voices.gather(actor=lead, kept=world.note("La salle le soir"), absorbed=world.note("zinnia-dessous, le soir"))
    gone = world.note("zinnia-retire, par erreur")
    names = workshop.comptoirs.get().occasion.headings.create(kind=HeadingKind.WHO, label="Qui ?", position=9)
    imported = world.note("une ligne de plus")
    type(imported).objects.filter(pk=imported.pk).update(heading=names)
    type(imported.verbatim).objects.filter(statement=imported).update(words="zinnia-nom Ismène")
    world.publish("Ismène", "Odalys")
    voices.withdraw(actor=lead, line=gone)
    late = world.note("zinnia-tard, après la relecture")
    hidden = world.another("Comptoir d'hiver")
    draft = world.note("zinnia-brouillon, pas encore relu", workshop=hidden)
    held = open_workshop(
        actor=lead,
        title="Comptoir tenu",
        held_on=date(2020, 1, 1),
        place="zinnia-salle",
        introduction="zinnia-question",
    )
    add_comptoir(actor=lead, workshop=held, title="Habitants", subject=Subject.RESIDENTS)
    bench, evening = world.lines["Un banc de plus, le 3e"], world.lines["La salle le soir"]
    world.answer(evening)
    world.answer(bench, "no", published=False, reasons="zinnia-reponse")
    world.answer(draft, "adopted", reasons="zinnia-avant")
    (taken,) = voices.answer(
        actor=lead, lines=[bench], kind="no", reasons="zinnia-reprise", decided_by="le comité",
        decided_on=date(2026, 10, 8),
    )  # fmt: skip
    voices.publish_answers(actor=lead, answers=[taken], reread=True)
    voices.withdraw_answer(actor=lead, answer=taken)
    world.referent("Quitterie Mazet")
    soon = timezone.localdate() + timedelta(days=9)
    made = world.commit(
        "Rouvrir la loge", evening, named, reworded, draft, late, gone, measure="zinnia-mesure",
        next_step="La clé de la loge", next_step_on=soon,
    )  # fmt: skip
    world.freeze(validated_by="Fulgence Ardouin, vice-président")
    commitments.give_evidence(
        actor=lead, commitment=made, kind="link", url="https://exemple.fr/zinnia-piece", label="zinnia-piece",
        given_on=date(2026, 10, 1),
    )  # fmt: skip
    commitments.change(actor=lead, commitment=made, next_step="zinnia-etape", next_step_on=soon)
    world.commit("zinnia-neuf", evening)
    meeting = world.signatory.contract.snapshots.get().meeting
    commitments.decide(actor=lead, commitment=made, meeting=meeting, outcome="not_done", reason="zinnia-motif")
    set_public_page(actor=lead, opened=True, welcome="Bienvenue", where_to_speak="Au café du mardi", announces=True)
    return world


def texts(answer: Any) -> str:
    """All that an answer says: its page as it is written, its CSV, the parts of its workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(unescape(book.read(name).decode("utf-8", "replace")) for name in book.namelist())
    return unescape(content.decode("utf-8", "replace"))


def addresses(page: str, here: str) -> list[str]:
    """The addresses of the public page that this one links to or asks for, its filters one by one included."""
    tree = html.document_fromstring(page)
    found = [urljoin(here, node.get("href")) for node in tree.iter("a", "link") if node.get("href")]
    for form in tree.iter("form"):
        if form.get("method", "get").lower() != "get":
            continue
        where = urljoin(here, form.get("action") or "")
        for select in form.iter("select"):
            found += [f"{where}?{select.get('name')}={option.get('value')}" for option in select.iter("option")]
    return [one.split("#")[0] for one in found if urlsplit(one).path.startswith(HOME)]


def crawl(browser: Any) -> dict[str, str]:
    """Address -> what it says, for all that can be reached from the first page."""
    waiting, said = deque([HOME, f"{HOME}affiche/", f"{HOME}dit/"]), {}
    while waiting and len(said) < MOST:
        url = waiting.popleft()
        if url in said:
            continue
        answer = browser.get(url)
        assert answer.status_code == 200, url
        said[url] = texts(answer)
        if answer.headers["Content-Type"].startswith("text/html"):
            waiting.extend(addresses(said[url], url))
    return said


def test_no_public_address_says_a_secret(planted: Any) -> None:
    said = crawl(LintingClient())
    assert len(said) > 40, "pages, filters, sorts, languages and files"
    assert {url.split("format=")[1] for url in said if "format=" in url} == {"csv", "xlsx", "ods"}
    for words in SHOWN:
        assert any(words in text for text in said.values()), words
    found = [
        (secret, where, url)
        for secret, where in SECRETS.items()
        for url, text in said.items()
        if fold(secret) in fold(text)
    ]
    assert found == []


def test_the_secrets_are_really_there(planted: Any, client_for: Any) -> None:
    """Else the test above would prove nothing: the team reads them on its own pages."""
    browser, space = client_for(planted.lead), planted.lead.space
    read = [
        texts(browser.get(f"/{space.slug}/{path}"))
        for path in (
            f"comptoirs/{planted.workshop.code}/relire/{planted.workshop.comptoirs.get().code}/", "reponses/donnees/",
            "engagements/", f"engagements/arretes/{planted.signatory.contract.snapshots.get().code}/",
            f"engagements/{planted.signatory.contract.commitments.order_by('pk')[0].code}/",
        )
    ]  # fmt: skip
    for secret in ("Ismène", "Odalys", "zinnia-tard", "zinnia-reponse", "zinnia-reprise", "Fulgence", "Quitterie",
                   "zinnia-neuf", "zinnia-mesure", "zinnia-piece", "zinnia-etape", "zinnia-motif"):  # fmt: skip
        assert any(secret in text for text in read), secret


def test_no_code_says_the_words_of_others(planted: Any) -> None:
    for words, line in planted.lines.items():
        if words.startswith(("zinnia-retire", "une ligne de plus")):
            continue
        text = unescape(LintingClient().post(f"{HOME}suivi/", {"code": planted.code(line)}).content.decode())
        if LintingClient().post(f"{HOME}suivi/", {"code": "BCDFGH"}).status_code == 429:
            break  # enough tries from here: the limit holds in this test too
        others = [secret for secret in SECRETS if fold(secret) in fold(text) and fold(secret) not in fold(words)]
        assert others == ["zinnia-avant"] * words.startswith("zinnia-brouillon"), words


def test_what_is_masked_is_not_found_by_asking(planted: Any) -> None:
    """Parameters that no page offers: a search or a sort on hidden words would answer yes or no."""
    for path in ("dit/", "engagements/", ""):
        plain = LintingClient().get(f"{HOME}{path}").content
        for query in ("q=Ismene", "q=rien", "tri=statement__verbatim__words", "search=Ismene", "etat=x", "page=1"):
            asked = LintingClient().get(f"{HOME}{path}?{query}")
            rows = [re.findall(rb"<t[hd][ >]", one) for one in (plain, asked.content)]
            assert asked.status_code == 200, query
            assert len(rows[0]) == len(rows[1]), (path, query)


def test_a_stranger_finds_no_staff_address_on_a_public_page(planted: Any) -> None:
    for url, text in crawl(LintingClient()).items():
        if "<html" in text:
            paths = re.findall(r'(?:href|src|action|hx-get|hx-post)="(/[^"?#]*)', text)
            assert [one for one in paths if not one.startswith((HOME, "/static/"))] == [], url
