"""What a page that is already open gets when it cannot be served: one sentence at its top, never a page inside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

HTMX = {"HX-Request": "true"}


def is_sentence(response: Any) -> bool:
    """Whether htmx would put the answer at the top of the page and leave the rest alone."""
    placed = (response.headers.get("HX-Retarget"), response.headers.get("HX-Reswap")) == ("#alerts", "innerHTML")
    return placed and "<html" not in response.content.decode()


def test_a_fragment_that_does_not_exist_is_a_sentence(client_for: Callable[..., Client], lead: Any) -> None:
    response = client_for(lead).get("/val-clair/comptoirs/abcdefghjk/", headers=HTMX)
    assert response.status_code == 404
    assert is_sentence(response)


@pytest.mark.django_db
def test_a_closed_session_is_a_sentence_for_a_fragment_and_the_sign_in_page_otherwise(client: Client) -> None:
    response = client.post("/val-clair/comptoirs/abcdefghjk/synthese/valider/", headers=HTMX)
    assert response.status_code == 401
    assert is_sentence(response)
    assert "Votre session est fermée" in response.content.decode()
    assert client.get("/val-clair/").headers["Location"] == "/connexion/?next=/val-clair/"


@pytest.mark.django_db
def test_the_news_of_a_board_are_refused_to_a_closed_session(client: Client) -> None:
    response = client.get("/val-clair/comptoirs/a/relire/b/etat/", headers={"Accept": "application/json"})
    assert response.status_code == 401


@pytest.mark.django_db
def test_a_form_open_for_too_long_is_a_sentence(lead: Any) -> None:
    response = Client(enforce_csrf_checks=True).post("/connexion/", {"username": "x"}, headers=HTMX)
    assert response.status_code == 403
    assert is_sentence(response)
