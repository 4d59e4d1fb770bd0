"""A proof is joined from its page as a browser sends it: the file goes with the form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment, Evidence

Browser = Callable[[Actor], Any]


@pytest.fixture
def commitment(deal: Any) -> Commitment:
    made: Commitment = deal.commit()
    return made


def test_a_document_leaves_with_the_form(lead: Actor, commitment: Commitment, client_for: Browser) -> None:
    browser = client_for(lead)
    url = reverse("evidence_new", args=(lead.space.slug, commitment.code))
    assert 'enctype="multipart/form-data"' in browser.get(url).content.decode()
    sent = {"kind": "document", "label": "Le bail signé", "file": SimpleUploadedFile("bail.txt", b"Bail du local")}
    assert browser.post(url, sent).status_code == 302
    evidence = Evidence.objects.get(commitment=commitment)
    assert evidence.file is not None
    assert evidence.file.name == "bail.txt"
    page = browser.get(reverse("commitment", args=(lead.space.slug, commitment.code))).content.decode()
    assert "bail.txt" in page


def test_a_document_without_its_file_is_asked_for_beside_the_field(
    lead: Actor, commitment: Commitment, client_for: Browser
) -> None:
    url = reverse("evidence_new", args=(lead.space.slug, commitment.code))
    answer = client_for(lead).post(url, {"kind": "document", "label": "Le bail signé"})
    assert answer.status_code == 422
    assert "Choisissez le fichier." in answer.content.decode()
    assert "Le bail signé" in answer.content.decode()
