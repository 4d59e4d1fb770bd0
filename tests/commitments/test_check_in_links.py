"""« Où en est-on ? » without an account: what a link opens, to whom, and what it never does."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html
from PIL import Image
from rounds_of_tests import contact, held, leave, opened, request_of, token_of

from comptoir.accounts import links
from comptoir.accounts.actions import change_look
from comptoir.accounts.models import SignedLink
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRound, Commitment, Evidence
from comptoir.commitments.sending import LINK
from comptoir.commitments.views import asked as asked_views
from comptoir.kit import files
from comptoir.spaces.models import Attempt, Mail, Space
from page_lint import LintingClient


def token(found: CheckInRound, name: str = "zelie") -> str:
    (letter,) = [one for one in leave(found, timezone.localdate()) if one.to.startswith(name)]
    return token_of(vars(letter)["said"])


def now(deal: Any, **more: Any) -> CheckInRound:
    return opened(deal, timezone.localdate(), sent=False, **more)


@pytest.fixture(autouse=True)
def _every_day_is_a_working_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The round of these pages is opened and sent today, whatever day the tests run on."""
    monkeypatch.setattr("comptoir.commitments.asking.FREE_DAYS", 7)


def words(page: Any) -> str:
    return " ".join(html.document_fromstring(page.content.decode()).text_content().split())


def start(token: str) -> str:
    return f"/val-clair/ou-en-est-on/{token}/"


def first_page(client: LintingClient, token: str) -> str:
    answer = client.get(start(token))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_pages_have_the_colours_and_the_logo_of_the_space(deal: Any, client: LintingClient) -> None:
    deal.precise()
    sent = token(now(deal))
    assert "/logo-" not in client.get(first_page(client, sent)).content.decode(), "no logo, our mark"
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "#7a1f5c").save(drawn, "PNG")
    change_look(actor=deal.lead, name="Val-Clair", colour="#7a1f5c", footer="", logo=drawn.getvalue())
    page = client.get(first_page(client, sent)).content.decode()
    (look,) = re.findall(r'href="([^"]*/apparence-[^"]*)"', page)
    (logo,) = re.findall(r'src="([^"]*/logo-[^"]*)"', page)
    css = client.get(look)
    assert (css.status_code, css.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert b"7a1f5c" in css.content.lower()
    assert client.get(logo).content.startswith(b"\x89PNG")
    forged = sent[:-1] + ("a" if sent[-1] != "a" else "b")
    assert client.get(look.replace(sent, forged)).status_code == 404
    assert client.get(logo.replace(sent, forged)).status_code == 404


def test_all_that_is_asked_of_a_person_is_answered_one_after_the_other(deal: Any, client: LintingClient) -> None:
    deal.precise(wording="Rouvrir le local"), deal.precise(wording="Réparer l'ascenseur")
    sent = token(now(deal))
    url = first_page(client, sent)
    page = words(client.get(url))
    assert "Engagement 1 sur 2 Rouvrir le local Régie de quartier · pour le 30 juin 2027" in page
    answer = client.post(url, {"answer": "ongoing", "line": "Les clés arrivent"})
    page = words(client.get(answer.headers["Location"]))
    assert "Merci, votre réponse est enregistrée. Engagement 2 sur 2 Réparer l'ascenseur" in page
    answer = client.post(answer.headers["Location"], {"answer": "done"})
    assert answer.headers["Location"] == f"{start(sent)}merci/"
    page = words(client.get(answer.headers["Location"]))
    for said in ("Merci", "Rouvrir le local En cours : Les clés arrivent", "Réparer l'ascenseur C'est fait", "clôture"):
        assert said in page
    assert first_page(client, sent) == f"{start(sent)}merci/"


def test_a_scanner_that_opens_everything_changes_nothing(deal: Any, client: LintingClient) -> None:
    deal.precise()
    sent = token(now(deal))
    before = [model.objects.count() for model in (Entry, CheckInReply, CheckInRequest, Mail, Attempt)]
    url = first_page(client, sent)
    for address in (url, f"{url}transmettre/", f"{start(sent)}merci/", start(sent)):
        for _ in range(2):
            answer = client.get(address)
            assert answer.status_code in {200, 302}
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "no-store" in answer.headers["Cache-Control"]
            assert client.head(address).status_code in {200, 302}
    assert [model.objects.count() for model in (Entry, CheckInReply, CheckInRequest, Mail, Attempt)] == before
    assert SignedLink.objects.filter(purpose=LINK, used_at=None, revoked_at=None).count() == 1


def test_a_link_shows_what_was_asked_of_its_person_and_nothing_else(deal: Any, client: LintingClient) -> None:
    mine = deal.precise()
    other = deal.precise(signatory=deal.town, contact=contact(deal.town, "odon", phone="05 00 00 00 00"))
    found = now(deal)
    sent = token(found)
    page = words(client.get(first_page(client, sent)))
    assert other.text == mine.text  # told apart by whom they are of
    for hidden in ("odon", "Ville de Val-Clair", "05 00", "zelie@exemple.fr", "lead@exemple.fr", "Ama Lestrade"):
        assert hidden not in page
    theirs = request_of(other)
    for address in (f"{start(sent)}{theirs.code}/", f"{start(sent)}{theirs.code}/transmettre/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "done"}).status_code == 404
    assert not CheckInReply.objects.exists()


def test_a_link_that_is_not_ours_does_not_exist(deal: Any, client: LintingClient, stranger: Any) -> None:
    deal.precise()
    sent = token(now(deal))
    other_purpose = links.make("invitation", request_of(Commitment.objects.get()).pk, days=1)
    for wrong in (sent[:-1], sent + "A", sent.swapcase(), f"{'0' * 32}.{sent.split('.')[1]}", other_purpose, "a.b"):
        assert client.get(start(wrong)).status_code == 404, wrong
    assert client.get(f"/autre-rive/ou-en-est-on/{sent}/").status_code == 404  # the link of another space
    assert client.get(f"/nulle-part/ou-en-est-on/{sent}/").status_code == 404


def refused(client: LintingClient, sent: str, code: str) -> str:
    """The sentence that a link answers with, reading and sending alike; nothing is written."""
    url, before = f"{start(sent)}{code}/", CheckInReply.objects.count()
    page = client.get(url)
    assert page.status_code == 410
    assert client.post(url, {"answer": "done", "line": "Des mots à garder"}).status_code == 410
    assert CheckInReply.objects.count() == before
    return words(page)


def test_a_link_that_no_longer_opens_says_why_and_what_to_do(deal: Any, client: LintingClient) -> None:
    commitment = deal.precise()
    found = now(deal)
    sent, code = token(found), request_of(commitment).code
    SignedLink.objects.filter(purpose=LINK).update(expires_at=timezone.now() - timedelta(days=1))
    assert "Ce lien était valable jusqu'au" in (said := refused(client, sent, code))
    assert "Répondez au courriel reçu" in said
    SignedLink.objects.filter(purpose=LINK).update(expires_at=timezone.now() + timedelta(days=1))
    actions.send_again(actor=deal.lead, found=found, contact=request_of(commitment).contact, on=timezone.localdate())
    assert "remplacé ou annulé" in refused(client, sent, code)
    again = token(found)
    assert client.get(first_page(client, again)).status_code == 200
    actions.close_round(actor=deal.lead, found=found, on=timezone.localdate())
    assert "Ce point d'étape est clos depuis le" in refused(client, again, code)
    Space.objects.update(closed_at=timezone.now())
    assert "Cet espace est fermé" in refused(client, again, code)


def test_an_answer_sent_twice_is_one_and_is_corrected_by_the_same_link(deal: Any, client: LintingClient) -> None:
    deal.precise()
    sent = token(now(deal))
    url = first_page(client, sent)
    for _ in range(2):
        client.post(url, {"answer": "done", "line": "Fait"})
    assert CheckInReply.objects.count() == 1
    page = client.get(url)
    shown = html.document_fromstring(page.content.decode())
    assert shown.xpath("//input[@name='answer' and @checked]/@value") == ["done"]
    assert "Corriger ma réponse" in words(page)
    answer = client.post(url, {"answer": "stuck", "line": "Pas tout à fait"})
    assert answer.headers["Location"].endswith("/merci/")
    assert "Ça coince : Pas tout à fait" in words(client.get(answer.headers["Location"]))


def test_a_forwarded_question_leaves_the_first_link(deal: Any, client: LintingClient) -> None:
    deal.precise(wording="Rouvrir le local"), deal.precise(wording="Réparer l'ascenseur")
    sent = token(now(deal))
    url = first_page(client, sent)
    assert client.get(f"{url}transmettre/").status_code == 200
    wrong = client.post(f"{url}transmettre/", {"name": "Odile", "email": "odile"})
    assert (wrong.status_code, "Odile" in wrong.content.decode()) == (422, True)
    answer = client.post(f"{url}transmettre/", {"name": "Odile", "email": "odile@exemple.fr"})
    assert "Engagement 2 sur 2" in words(client.get(answer.headers["Location"]))
    assert "Vous avez transmis cette question à Odile" in refused(client, sent, url.rstrip("/").rsplit("/", 1)[1])
    theirs = token_of(Mail.objects.get(to="odile@exemple.fr").text)
    page = words(client.get(first_page(client, theirs)))
    assert "Rouvrir le local" in page
    assert "ascenseur" not in page  # what was passed on, and nothing else
    client.post(first_page(client, theirs), {"answer": "done"})
    assert CheckInReply.objects.get().contact.name == "Odile"  # type: ignore[union-attr]  # it has one
    assert "Transmise à Odile" in words(client.get(f"{start(sent)}merci/"))


def photo() -> SimpleUploadedFile:
    """A photo that says where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "12 rue des Lilas"
    Image.new("RGB", (60, 40), "#0b6e69").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def test_a_photo_becomes_a_proof_to_confirm_without_what_it_said_of_its_place(deal: Any, client: LintingClient) -> None:
    deal.precise()
    url = first_page(client, token(now(deal)))
    assert b"Lilas" in photo().read()
    assert client.post(url, {"answer": "done", "line": "Le local", "file": photo()}).status_code == 302
    proof = Evidence.objects.get()
    assert proof.file is not None
    assert (proof.kind, proof.label, proof.whole, proof.confirmed_on) == ("photo", "Le local", True, None)
    assert b"Lilas" not in files.get(proof.file.digest)
    assert CheckInReply.objects.get().evidence == proof


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"line": "Une phrase"}, "Choisissez un des quatre boutons"),
        ({"answer": "done", "line": "x" * 501}, "500"),
        ({"answer": "done", "url": "ftp://x"}, "commence par https"),
        ({"answer": "done", "figure": "douze"}, "nombre"),
        ({"answer": "done", "url": "https://exemple.fr", "figure": "12"}, "une seule pièce"),
    ],
    ids=["no button", "too long", "no web address", "no figure", "two pieces"],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    deal: Any, client: LintingClient, sent: dict[str, str], sentence: str
) -> None:
    deal.precise()
    url = first_page(client, token(now(deal)))
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert sentence in words(answer)
    for value in sent.values():
        assert value in answer.content.decode()
    assert not CheckInReply.objects.exists()


def test_a_file_that_is_no_document_is_refused_with_a_sentence(deal: Any, client: LintingClient) -> None:
    deal.precise()
    url = first_page(client, token(now(deal)))
    answer = client.post(url, {"answer": "done", "file": SimpleUploadedFile("x.exe", b"MZ\0\1\2")})
    assert answer.status_code == 422
    assert "ni une image" in words(answer)


def test_too_many_tries_are_stopped_and_reading_is_not(
    deal: Any, client: LintingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal.precise()
    url = first_page(client, token(now(deal)))
    few = asked_views.limits.Limit("check-in link", 2, timedelta(hours=1))
    monkeypatch.setattr(asked_views, "BY_LINK", few)
    statuses = [client.post(url, {"answer": "done"}).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert client.get(url).status_code == 200


def test_a_commitment_withdrawn_meanwhile_is_not_asked_any_more(deal: Any, client: LintingClient) -> None:
    commitment = deal.precise()
    url = first_page(client, token(now(deal)))
    actions.withdraw(actor=deal.lead, commitment=commitment)
    assert client.get(url).status_code == 404
    page = client.get(url.rsplit("/", 2)[0] + "/", follow=True)
    assert "Plus rien ne vous est demandé" in words(page)


def test_a_colleague_who_was_faster_is_told(deal: Any, client: LintingClient) -> None:
    commitment = deal.precise()
    sent = token(now(deal))
    request = request_of(commitment)
    CheckInRequest.objects.filter(pk=request.pk).update(delivery=Delivery.CANCELLED)
    assert first_page(client, sent).endswith("/merci/")
    assert "Quelqu'un d'autre a déjà répondu" in words(client.get(f"{start(sent)}merci/"))


def test_the_pages_of_a_link_ask_the_same_whatever_was_asked(
    deal: Any, client: LintingClient, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        deal.precise(wording=f"Réparer l'ascenseur {n}")
    sent = token(now(deal, per_person=6))
    url = first_page(client, sent)
    for n, request in enumerate(request_of(one) for one in Commitment.objects.order_by("pk")[1:4]):
        actions.forward(
            actor=held(request), request=request, name="Odile", email=f"o{n}@exemple.fr", on=timezone.localdate()
        )
    for address in (url, f"{start(sent)}merci/", f"{url}transmettre/"):
        with django_assert_max_num_queries(6):
            assert client.get(address).status_code == 200
