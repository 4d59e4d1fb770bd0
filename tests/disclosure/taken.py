"""All that an instance publishes, as somebody gets it: every page that links lead to, every file, and their text."""

import io
import re
import zipfile
from collections import deque
from urllib.parse import parse_qs, urljoin, urlsplit

from django.test import Client
from lxml import etree, html
from pypdf import PdfReader

from comptoir.accounts.models import Actor, Person
from comptoir.analysis.tables import read_sheets

Outputs = dict[str, bytes]
SHEETS = ("xlsx", "ods")
_FIGURE = re.compile(r"^[\d\u202f\u00a0 ]+(?:[.,]0+)?$")


def browser_of(actor: Actor | None) -> Client:
    """Without an actor: somebody without an account. A plain client: what is read here is not linted."""
    browser = Client()
    if actor is not None:
        browser.force_login(Person.objects.get(pk=actor.person_id))
    return browser


def everything(browser: Client, *starts: str) -> Outputs:
    """Address → what it answers, for all that links lead to inside the space. A sorted list is not taken as files."""
    space = f"/{starts[0].split('/')[1]}/"
    waiting, found = deque(starts), dict[str, bytes]()
    while waiting:
        url = waiting.popleft().split("#")[0]
        if url in found or not url.startswith(space) or _same_again(url):
            continue
        answer = browser.get(url)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # what the test client gives is loosely typed
        if answer.status_code in (301, 302):
            waiting.append(urljoin(url, answer.headers["Location"]))
            continue
        if answer.status_code != 200:
            continue
        found[url] = content
        if answer.headers["Content-Type"].startswith("text/html") and "Content-Disposition" not in answer.headers:
            page = html.document_fromstring(content.decode())
            waiting.extend(urljoin(url, one) for one in page.xpath("//a/@href | //*/@hx-get"))
    return found


def _same_again(url: str) -> bool:
    asked = parse_qs(urlsplit(url).query)
    return "tri" in asked and ("format" in asked or asked["tri"][0].startswith("-"))


def text_of(url: str, content: bytes) -> str:
    """What is read of it, in its order. A figure of a column of values is given the unit that its page writes."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        return _unpacked(url, content)
    text = content.decode("utf-8-sig")
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html", "<section", "<div")):
        return "\n".join(html.document_fromstring(text).itertext())
    return "\n".join(" | ".join(row) for row in rows_of(url, content)) if "format=csv" in url else text


def _unpacked(url: str, content: bytes) -> str:
    if "format=" in url or url.endswith(SHEETS):
        return "\n".join(" | ".join(row) for row in rows_of(url, content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = [
        "\n".join(part for part in etree.fromstring(part).itertext() if isinstance(part, str))
        for name, part in parts.items() if name.endswith(".xml")
    ]  # fmt: skip
    return "\n".join(
        texts + [part.decode("utf-8-sig") for name, part in parts.items() if name.endswith(("csv", "json"))]
    )


def rows_of(url: str, content: bytes) -> list[list[str]]:
    """The rows of an exported list."""
    kind = "ods" if "format=ods" in url else "xlsx" if "xlsx" in url else "csv"
    rows = [list(row.cells) for row in read_sheets(content, f"liste.{kind}")[0].rows]
    if rows and "Valeur" in rows[0]:
        at = rows[0].index("Valeur")
        for row in rows[1:]:
            if len(row) > at and _FIGURE.match(row[at]):
                row[at] = f"{row[at].replace(',0', '')} jeunes"
    return rows


def tables_of(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """(the heading above, the rows) of each table of a page."""
    page, heading, found = html.document_fromstring(content.decode()), "", []
    for node in page.iter("h1", "h2", "table"):
        if node.tag == "table":
            rows = [[" ".join(cell.text_content().split()) for cell in row] for row in node.iter("tr")]
            found.append((heading, rows))
        else:
            heading = " ".join(node.text_content().split())
    return found
