"""Answers on the pages of lines, and their list: who reads what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Answer, Statement
from comptoir.workshops.actions import add_comptoir, decide_mask, leave_others, open_workshop, publish, validate
from comptoir.workshops.answer_list import NOT_PUBLISHED
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.published import last_versions, line_of_words, public_texts, published_lines

pytestmark = pytest.mark.django_db
LIST = "/val-clair/reponses/donnees/"
SAID = {"kind": "adopted", "reasons": "Le banc est posé", "decided_by": "la Ville", "decided_on": "2026-06-01"}


@pytest.fixture
def workshop(lead: Actor) -> Workshop:
    made = open_workshop(actor=lead, title="Comptoir", held_on=date(2026, 3, 1))
    add_comptoir(actor=lead, workshop=made, title="Habitants", subject=Subject.RESIDENTS)
    return made


def note(lead: Actor, workshop: Workshop, words: str) -> Statement:
    heading = workshop.comptoirs.get().occasion.headings.order_by("position")[0]
    return voices.add_note(actor=lead, heading=heading, words=words)


def published(lead: Actor, workshop: Workshop, masked: Statement | None = None) -> SynthesisVersion:
    version = validate(actor=lead, workshop=workshop)
    if masked:
        decide_mask(actor=lead, version=version, statement_id=masked.pk, text="Voir [nom]")
    leave_others(actor=lead, version=version)
    return publish(actor=lead, version=version)


def answer(lead: Actor, line: Statement, *, out: bool = True, **given: Any) -> Answer:
    said: dict[str, Any] = SAID | {"decided_on": date(2026, 6, 1)} | given
    (written,) = voices.answer(actor=lead, lines=[line], **said)
    if out:
        voices.publish_answers(actor=lead, answers=[written], reread=True)
    return written


def test_a_line_shows_its_answers_to_each_reader(
    lead: Actor, reader: Actor, facilitator: Actor, workshop: Workshop, client_for: Any
) -> None:
    line = note(lead, workshop, "Des bancs")
    version = published(lead, workshop)
    answer(lead, line, reasons="Pas avant mars", kind="not_now")
    answer(lead, line, out=False, reasons="Un brouillon")
    place = f"/val-clair/comptoirs/{workshop.code}/"
    public = client_for(reader).get(f"{place}synthese/{version.number}/lignes/{line.code}/").content.decode()
    team = client_for(facilitator).get(f"{place}lignes/{line.code}/").content.decode()
    assert "Pas avant mars" in public
    assert "Un brouillon" not in public
    assert "Répondre" not in public
    assert "Pas avant mars" in team
    assert "Un brouillon" in team
    assert "Répondre autrement" in team
    assert "Relire et publier" not in team, "the project lead alone publishes"
    assert "Relire et publier" in client_for(lead).get(f"{place}lignes/{line.code}/").content.decode()


def test_the_list_gives_members_the_public_copy_of_lines(
    lead: Actor, reader: Actor, workshop: Workshop, client_for: Any
) -> None:
    named, hidden = note(lead, workshop, "Voir Ismène Roudier"), None
    published(lead, workshop, masked=named)
    hidden = note(lead, workshop, "Ajouté depuis, Ismène aussi")
    answer(lead, named)
    answer(lead, hidden, reasons="On y pense")
    answer(lead, named, out=False, reasons="Un brouillon")
    shown = client_for(reader).get(LIST).content.decode()
    assert "Voir [nom]" in shown
    assert NOT_PUBLISHED in shown or NOT_PUBLISHED.replace("'", "&#x27;") in shown
    for secret in ("Ismène", "Un brouillon", "Ajouté depuis"):
        assert secret not in shown
        assert secret not in client_for(reader).get(f"{LIST}?format=csv").getvalue().decode()
    assert "Un brouillon" in client_for(lead).get(LIST).content.decode()


@pytest.mark.parametrize(("state", "words"), [("publiee", "Posé"), ("brouillon", "Brouillon"), ("retiree", "Retiré")])
def test_the_team_filters_by_what_became_of_an_answer(
    lead: Actor, workshop: Workshop, client_for: Any, state: str, words: str
) -> None:
    line = note(lead, workshop, "Des bancs")
    answer(lead, line, reasons="Posé")
    answer(lead, line, out=False, reasons="Brouillon")
    voices.withdraw_answer(actor=lead, answer=answer(lead, line, reasons="Retiré"))
    rows = client_for(lead).get(f"{LIST}?format=csv&etat={state}").getvalue().decode("utf-8-sig").splitlines()[1:]
    assert len(rows) == 1
    assert words in rows[0]


def test_a_facilitator_writes_and_the_project_lead_rereads_then_publishes(
    lead: Actor, facilitator: Actor, workshop: Workshop, client_for: Any
) -> None:
    line = note(lead, workshop, "Des bancs")
    url = f"/val-clair/reponses/nouvelle/?ligne={line.code}"
    writer, browser = client_for(facilitator), client_for(lead)
    refused = writer.post(url, SAID | {"reasons": ""})
    assert refused.status_code == 422
    assert 'value="la Ville"' in refused.content.decode(), "nothing typed is lost"
    tomorrow = timezone.localdate() + timedelta(days=1)
    future = writer.post(url, SAID | {"decided_on": tomorrow.isoformat()})
    assert "vérifiez la date" in future.content.decode()
    assert writer.post(url, SAID | {"reasons": "Mme Roudier s'en occupe"}).headers["Location"] == LIST
    given = Answer.objects.get()
    publish_url = f"/val-clair/reponses/publier/?reponse={given.code}"
    page = browser.get(publish_url).content.decode()
    assert "peut désigner quelqu" in page
    assert browser.post(publish_url).status_code == 422
    assert Answer.objects.get().published_at is None
    assert browser.post(publish_url, {"reread": "yes"}).headers["Location"] == LIST
    assert Answer.objects.get().published_at is not None
    taken = browser.post(f"/val-clair/reponses/{given.code}/retirer/")
    assert taken.headers["Location"].endswith(f"/lignes/{line.code}/")
    assert browser.get(publish_url).status_code == 404


def test_an_address_of_other_lines_or_answers_opens_nothing(
    lead: Actor, stranger: Actor, workshop: Workshop, client_for: Any
) -> None:
    line = note(lead, workshop, "Des bancs")
    given = answer(lead, line, out=False)
    browser = client_for(stranger)
    assert browser.get(f"/autre-rive/reponses/nouvelle/?ligne={line.code}").status_code == 404
    assert browser.get(f"/autre-rive/reponses/publier/?reponse={given.code}").status_code == 404
    assert browser.post(f"/autre-rive/reponses/{given.code}/retirer/").status_code == 404
    ours = client_for(lead)
    nothing = ours.get("/val-clair/reponses/nouvelle/", follow=True)
    assert nothing.redirect_chain == [(LIST, 302)]
    assert "au moins une ligne" in nothing.content.decode()
    assert ours.get(f"/val-clair/reponses/nouvelle/?ligne={line.code}&ligne=inconnue").status_code == 404
    assert ours.get("/val-clair/reponses/publier/").headers["Location"] == LIST


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_many_questions_whatever_the_rows(
    lead: Actor, workshop: Workshop, client_for: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(number):
        answer(lead, note(lead, workshop, f"Une idée, la {n}e"))
    published(lead, workshop)
    browser = client_for(lead)
    with django_assert_max_num_queries(12):
        browser.get(LIST)


def test_what_is_published_is_the_last_version_of_each_comptoir_that_stands(lead: Actor, workshop: Workshop) -> None:
    first, under = note(lead, workshop, "Des bancs"), note(lead, workshop, "Un banc")
    assert list(last_versions(lead.space)) == []
    published(lead, workshop)
    voices.gather(actor=lead, kept=first, absorbed=under)
    voices.reword(actor=lead, line=first, text="Des bancs à l'ombre")
    second = published(lead, workshop)
    validate(actor=lead, workshop=workshop)
    assert list(last_versions(lead.space)) == [second]
    (line,) = published_lines(lead.space)
    assert public_texts([line]) == {line.pk: "Des bancs à l'ombre"}
    under.refresh_from_db()
    assert line_of_words(lead.space, under.pk, under.root_id) == line
    voices.separate(actor=lead, line=under)
    under.refresh_from_db()
    assert line_of_words(lead.space, under.pk, under.root_id) == line, "where it stood when it was published"
    late = note(lead, workshop, "Une fontaine")
    assert line_of_words(lead.space, late.pk, late.root_id) is None
    Workshop.objects.filter(pk=workshop.pk).update(withdrawn_at="2026-11-01T10:00Z")
    assert not published_lines(lead.space).exists()
