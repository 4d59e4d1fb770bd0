"""Answers go compressed to those who can read them so."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from comptoir.kit.middleware import CompressText

READS_GZIP = {"Accept-Encoding": "br, gzip"}


@pytest.mark.django_db
def test_a_page_goes_compressed_to_those_who_can_read_it() -> None:
    plain = Client().get("/connexion/")
    zipped = Client().get("/connexion/", headers=READS_GZIP)
    assert "Content-Encoding" not in plain
    assert zipped["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped["Vary"]
    assert len(zipped.content) < len(plain.content) / 2
    assert b"Adresse" in gzip.decompress(zipped.content)


@pytest.mark.django_db
def test_two_answers_that_say_the_same_do_not_have_one_length() -> None:
    lengths = {len(Client().get("/connexion/", headers=READS_GZIP).content) for _ in range(8)}
    assert len(lengths) > 1


@pytest.mark.parametrize(
    ("kind", "compressed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("application/pdf", False),
        ("application/vnd.oasis.opendocument.text", False),
        ("image/png", False),
    ],
)
def test_what_is_compressed_already_is_left_as_it_is(kind: str, compressed: bool) -> None:
    answer = CompressText(lambda request: HttpResponse(b"a" * 1000, content_type=kind))(
        RequestFactory().get("/", headers=READS_GZIP)
    )
    assert ("Content-Encoding" in answer) is compressed
