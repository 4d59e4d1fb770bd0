"""What every request goes through: sentences instead of tracebacks, and pages that never write."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from comptoir.accounts.models import Actor, Person
from comptoir.kit.errors import ComptoirError, Conflict, InputError, Invalid, Refused
from comptoir.kit.middleware import FriendlyErrors, GetWrote, ReadOnlyGet
from comptoir.spaces.models import Space
from page_lint import page_faults

SENTENCE = "Cette ligne n'est plus là : rechargez la page."


def asked(method: str = "get", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/val-clair/", headers=headers)
    request.user = AnonymousUser()
    return request


def answer(error: Exception, **headers: str) -> HttpResponse | None:
    return FriendlyErrors(lambda request: HttpResponse()).process_exception(asked(**headers), error)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused(SENTENCE), 403),
        (Conflict(SENTENCE), 409),
        (Invalid(SENTENCE, field="words"), 422),
        (InputError(SENTENCE), 422),
        (ComptoirError(SENTENCE), 400),
    ],
)
def test_an_error_of_the_family_becomes_a_page_with_its_sentence(error: Exception, status: int) -> None:
    page = answer(error)
    assert page is not None
    assert page.status_code == status
    assert "Cette ligne n&#x27;est plus là : rechargez la page." in page.content.decode()
    assert page_faults(page.content.decode()) == []


def test_htmx_gets_a_fragment_for_the_alerts_and_leaves_the_page_alone() -> None:
    fragment = answer(Conflict(SENTENCE), **{"HX-Request": "true"})
    assert fragment is not None
    assert (fragment.status_code, fragment["HX-Retarget"], fragment["HX-Reswap"]) == (409, "#alerts", "innerHTML")
    text = fragment.content.decode()
    assert "<html" not in text
    assert 'role="alert"' in text
    assert page_faults(text, fragment=True) == []


def test_what_the_error_says_is_text() -> None:
    page = answer(Refused("<script>alert(1)</script>"))
    assert page is not None
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("error", [ValueError("faute"), KeyError("faute")])
def test_a_fault_of_ours_is_not_disguised(error: Exception) -> None:
    assert answer(error) is None


def test_a_refusal_through_the_whole_house(reader: Actor, client_for: Callable[[Actor], Any]) -> None:
    page = client_for(reader).get("/val-clair/reglages/")
    assert page.status_code == 403
    assert "Votre rôle dans cet espace" in page.content.decode()


def opened(request: HttpRequest) -> HttpResponse:
    Space.objects.create(slug="ouvert", name="Ouvert")
    return HttpResponse("ouvert")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_writes_is_refused_before_the_database_hears_of_it(method: str) -> None:
    with pytest.raises(GetWrote, match="INSERT"), transaction.atomic():
        ReadOnlyGet(opened)(asked(method))
    assert not Space.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_form_that_is_sent_writes(method: str) -> None:
    assert ReadOnlyGet(opened)(asked(method)).content == b"ouvert"
    assert Space.objects.count() == 1


@pytest.mark.django_db
def test_a_page_may_neither_change_nor_delete(space: Space) -> None:
    def change(request: HttpRequest) -> HttpResponse:
        Space.objects.update(name="Autre")
        return HttpResponse()

    def delete(request: HttpRequest) -> HttpResponse:
        Person.objects.filter(name="Personne").delete()
        with connection.cursor() as cursor:
            cursor.execute("  delete from spaces_space")
        return HttpResponse()

    for view in (change, delete):
        with pytest.raises(GetWrote), transaction.atomic():
            ReadOnlyGet(view)(asked())
    space.refresh_from_db()
    assert space.name == "Val-Clair"
    Space.objects.update(name="Autre")  # once the page is over, nothing is refused any more


@pytest.mark.django_db
def test_every_answer_carries_the_content_policy() -> None:
    for url in ("/connexion/", "/sante/", "/n-existe/pas/du/tout/", "/static/kit/theme.css"):
        answer = Client().get(url)
        policy = answer.headers["Content-Security-Policy"]
        if answer.streaming:
            assert b"".join(answer)  # read to its end, a file is closed
        assert policy == settings.CONTENT_SECURITY_POLICY
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("fragment", [False, True])
def test_a_fault_says_so_even_without_a_database(
    lead: Actor, client_for: Callable[[Actor], Any], fragment: bool
) -> None:
    def broken(*call: Any) -> Any:
        raise OperationalError("no database")

    browser = client_for(lead)
    browser.raise_request_exception = False
    with connection.execute_wrapper(broken):
        page = browser.get("/val-clair/", headers={"HX-Request": "true"} if fragment else {})
    assert page.status_code == 500
    assert "Une erreur de notre fait" in page.content.decode()
    assert "no database" not in page.content.decode()
    assert ("<html" in page.content.decode()) != fragment
    assert page.headers.get("HX-Retarget") == ("#alerts" if fragment else None)
