"""The plain page (docs/concepts/langage-clair.md): written by people, hidden until it is whole, honest on rereading."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.models import PlainPage, Restitution
from comptoir.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)


@pytest.fixture
def state(study: Study) -> Restitution:
    for text in ("Répond-on aux locataires ?", "Pour qui ?"):
        actions.settle(actor=study.lead, question=study.ask(text), status="kept")
    return actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="midterm", on=TODAY)


def asked(state: Restitution, rank: int = 0) -> str:
    found: str = state.content["questions"][rank]["id"]
    return found


def write(study: Study, state: Restitution, rank: int = 0, **more: Any) -> None:
    words = {"question": "On nous répond ?", "answer": "Le QPV attend.\nPas toujours."} | more
    actions.write_plain(actor=study.lead, restitution=state, asked=asked(state, rank), **words)


def address(study: Study, name: str = "plain_page", *codes: str) -> str:
    return reverse(name, args=(study.lead.space.slug, study.evaluation.code, 1, *codes))


def test_nobody_else_sees_it_before_it_is_published(
    study: Study, state: Restitution, client_for: Callable[[Actor], Any]
) -> None:
    reader = client_for(study.who(Role.READER))
    write(study, state)
    assert reader.get(address(study)).status_code == 404
    with pytest.raises(Invalid, match=r"Il manque la réponse en clair à : Pour qui \?"):
        actions.publish_plain(actor=study.lead, restitution=state, on=TODAY)
    write(study, state, 1, left_out=True, question="", answer="")
    actions.publish_plain(actor=study.lead, restitution=state, on=TODAY)
    page = reader.get(address(study)).content.decode()
    assert "<p>Le QPV attend.</p><p>Pas toujours.</p>" in page
    assert "n'a pas été relue avec les personnes concernées" in page.replace("&#x27;", "'")
    assert "Pour qui" not in page
    assert "conseil" not in page


def test_those_who_write_read_the_advice(study: Study, state: Restitution, client_for: Callable[[Actor], Any]) -> None:
    write(study, state)
    page = client_for(study.who(Role.EVALUATOR)).get(address(study)).content.decode()
    assert "écrivez ce que ce sigle veut dire" in page
    assert "Il manque la réponse en clair." in page


def test_a_page_of_nothing_is_not_published(study: Study, state: Restitution) -> None:
    for rank in (0, 1):
        write(study, state, rank, left_out=True)
    with pytest.raises(Invalid, match="Aucune question"):
        actions.publish_plain(actor=study.lead, restitution=state, on=TODAY)


def test_rewriting_forgets_the_rereading_and_a_published_page_is_not_rewritten(
    study: Study, state: Restitution
) -> None:
    write(study, state)
    write(study, state, 1)
    actions.say_reread(actor=study.lead, restitution=state, whom="6 personnes", on=TODAY, today=TODAY)
    assert PlainPage.objects.get().reread_with == "6 personnes"
    write(study, state)
    assert (PlainPage.objects.get().reread_with, PlainPage.objects.get().reread_on) == ("", None)
    actions.publish_plain(actor=study.lead, restitution=state, on=TODAY)
    with pytest.raises(Conflict, match="publiée"):
        write(study, state)
    actions.take_plain_back(actor=study.lead, restitution=state)
    write(study, state)


def test_what_is_refused(study: Study, state: Restitution) -> None:
    with pytest.raises(Invalid, match="pas encore eu lieu"):
        actions.say_reread(
            actor=study.lead, restitution=state, whom="6 personnes", on=TODAY + timedelta(days=1), today=TODAY
        )
    with pytest.raises(Invalid, match="laissez cette question de côté"):
        write(study, state, answer=" ")
    with pytest.raises(Invalid, match="pas dans cet état"):
        actions.write_plain(actor=study.lead, restitution=state, asked=str(state.pk), question="Oui ?", answer="Oui.")
    with pytest.raises(Refused):
        actions.publish_plain(actor=study.who(Role.EVALUATOR), restitution=state, on=TODAY)
    with pytest.raises(Refused):
        actions.write_plain(
            actor=study.who(Role.REFERENT), restitution=state, asked=asked(state), question="Oui ?", answer="Oui."
        )


def test_publishing_what_is_not_whole_says_why(
    study: Study, state: Restitution, client_for: Callable[[Actor], Any]
) -> None:
    browser = client_for(study.lead)
    answer = browser.post(address(study, "plain_publish"), follow=True)
    assert "Il manque la réponse en clair à" in answer.content.decode()
    code = state.content["questions"][0]["code"]
    sent = {"question": "On répond ?", "answer": "Oui."}
    assert browser.post(address(study, "plain_write", code), sent).status_code == 302
    assert browser.get(address(study, "plain_write", "abcdefghij")).status_code == 404
