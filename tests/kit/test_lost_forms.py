"""Nothing that was typed is lost: a closed session or a refusal shows it back, and leads to where the person was."""

from typing import Any

import pytest
from django import forms
from django.test import Client

from comptoir.accounts.models import Actor

WORDS = "Les bancs du square, <b>cassés</b> depuis mai"


@pytest.mark.django_db
def test_a_closed_session_shows_what_was_typed_and_the_way_back(lead: Actor, client: Client) -> None:
    page = "/val-clair/comptoirs/importer/?comptoir=abc"
    sent = {"text": WORDS, "password": "un secret à taire", "csrfmiddlewaretoken": "x y"}
    answer = client.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    assert answer.status_code == 401
    shown = answer.content.decode()
    assert "Les bancs du square, &lt;b&gt;cassés" in shown
    assert "un secret" not in shown
    assert "/connexion/?next=%2Fval-clair%2Fcomptoirs%2Fimporter%2F%3Fcomptoir%3Dabc" in shown


class _Long(forms.Form):
    text = forms.CharField(label="Texte", max_length=20, widget=forms.Textarea)
    name = forms.CharField(label="Nom", max_length=20)


def test_a_long_text_is_refused_whole_and_never_cut_by_the_browser() -> None:
    assert str(_Long()["text"]).count("maxlength") == 0
    assert "maxlength" in str(_Long()["name"])
    sent = _Long({"text": WORDS, "name": "Ama"})
    assert "20 caractères" in sent.errors["text"][0]
    assert WORDS.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in str(sent["text"])


@pytest.mark.django_db
def test_a_page_elsewhere_is_never_the_way_back(lead: Actor, client: Client) -> None:
    answer = client.post("/val-clair/reglages/", {"name": WORDS}, headers={"Referer": "https://ailleurs.example/x"})
    assert "ailleurs.example" not in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so_in_one_sentence(lead: Actor, client_for: Any) -> None:
    answer = client_for(lead).get("/val-clair/comptoirs/abcdefghjk/synthese/valider/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "repartez de la page d&#x27;avant" in answer.content.decode()
