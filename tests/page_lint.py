"""The test client of the house: it reads every HTML answer as a linter would, and watches every query of the view.

Tests get one from the fixtures `client` and `client_for`. What it finds fails the test that asked for the page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from lxml import html

UNDEFINED = "⟦indéfini : %s⟧"  # what an undefined variable of a template becomes in tests (see conftest)
_UNRENDERED = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")
_FETCHED = {"script": "src", "link": "href", "img": "src", "use": "href", "iframe": "src", "source": "src"}


class LintingClient(Client):
    """`page_faults` on what it gets, security headers, and no list whose order the database would choose."""

    def request(self, **request: Any) -> Any:
        with unordered_lists() as unordered:
            response = super().request(**request)
        faults = [f"no order: {query}" for query in unordered] + header_faults(response)
        page = response.headers.get("Content-Type", "").startswith("text/html") and response.content
        if page and "Content-Disposition" not in response.headers:  # a document to keep has its style in itself
            faults += page_faults(response.content.decode(), fragment="HTTP_HX_REQUEST" in request)
        if faults:
            raise AssertionError(f"{request['REQUEST_METHOD']} {request['PATH_INFO']}: {'; '.join(faults)}")
        return response


def header_faults(response: HttpResponse) -> list[str]:
    """The security headers that an answer lacks."""
    wanted = {
        "Content-Security-Policy": settings.CONTENT_SECURITY_POLICY,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    return [name for name, value in wanted.items() if response.headers.get(name) != value]


def page_faults(text: str, *, fragment: bool = False) -> list[str]:
    """What is wrong with a page, or with a fragment of one: one short sentence a fault."""
    faults = [f"not rendered: {found}" for found in sorted(set(_UNRENDERED.findall(text)))]
    faults += [f"undefined: {name}" for name in sorted(set(re.findall(r"⟦indéfini : ([^⟧]*)⟧", text)))]
    page = html.document_fromstring(text)
    nodes = [node for node in page.iter() if isinstance(node.tag, str)]
    faults += [fault for node in nodes for fault in _node_faults(node)]
    ids = [node.get("id") for node in nodes if node.get("id")]
    faults += [f"id used twice: {one}" for one in sorted({i for i in ids if ids.count(i) > 1})]
    if not fragment:
        faults += _frame_faults(text, page, nodes, set(ids))
    return faults


def _node_faults(node: Any) -> Iterator[str]:
    shown = html.tostring(node, encoding="unicode")[:90]
    if node.tag == "style" or (node.tag == "script" and (not node.get("src") or node.text)):
        yield f"inline: {shown}"
    for name in node.attrib:
        if name == "style" or name.startswith("on"):
            yield f"inline {name}=: {shown}"
    wanted = node.get(_FETCHED.get(node.tag, "src"), "")
    if re.match(r"(?:[a-z]+:)?//|http:|https:", wanted):
        yield f"fetched from elsewhere: {shown}"
    if node.tag == "a" and (node.get("href") in {None, "", "#"} or node.get("href").startswith("javascript:")):
        yield f"link to nowhere: {shown}"
    if node.tag == "img" and node.get("alt") is None:
        yield f"picture without alt: {shown}"
    if node.tag == "form" and node.get("method", "get").lower() == "post" and not node.xpath(_TOKEN):
        yield f"form without its token: {shown}"


_TOKEN = ".//input[@name='csrfmiddlewaretoken']"


def _frame_faults(text: str, page: Any, nodes: list[Any], ids: set[str]) -> Iterator[str]:
    if not text.lstrip().lower().startswith("<!doctype html>"):
        yield "no doctype"
    if page.get("lang") not in {"fr", "en"}:
        yield "no language"
    if not (page.findtext(".//title") or "").strip():
        yield "no title"
    if len(page.findall(".//h1")) != 1:
        yield f"{len(page.findall('.//h1'))} h1"
    for node in nodes:
        for name in _REFERENCES:
            for one in (node.get(name) or "").split():
                if one not in ids:
                    yield f"{name}= names no element: {one}"


@contextmanager
def unordered_lists() -> Iterator[list[str]]:
    """Collects the lists of several rows that are read without an order: the two databases would give them apart."""
    found: list[str] = []
    fetch = QuerySet._fetch_all

    def watched(self: Any) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and len(self._result_cache) > 1 and not self.ordered:
            found.append(str(self.query)[:200])

    with mock.patch.object(QuerySet, "_fetch_all", watched):
        yield found
