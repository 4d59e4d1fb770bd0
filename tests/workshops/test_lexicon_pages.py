"""The words of the team, what a note being typed resembles, questions put aside: as people use them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.analysis.grouping.taught import read_lexicon
from comptoir.audit.models import Entry
from comptoir.spaces.models import Job
from comptoir.voices import actions as voices
from comptoir.voices.actions.lexicon import lexicon_file, lexicon_of, with_file
from comptoir.voices.models import Resemblance, Statement, TeamLexicon, counts
from comptoir.workshops.actions import searching
from comptoir.workshops.effects import effects_of
from comptoir.workshops.models import Import, Workshop
from comptoir.workshops.questions import JOB, search_of

Bring = Callable[..., Import]
Browser = Callable[[Actor], Any]
SLUG = "val-clair"
NOTES = "Sujet;Colonne;Note\nHabitants;Essai;La Ti Boutik ferme trop tôt\nHabitants;Essai;Le vival ferme trop tôt\n"
WORDS = "commerce d'ici : ti boutik, vival"
HTMX = {"HX-Request": "true"}


def at(name: str, *args: object) -> str:
    return reverse(name, args=(SLUG, *args))


@pytest.fixture
def workshop(lead: Actor, bring: Bring) -> Workshop:
    found = bring(lead, NOTES, name="n.csv").workshop
    assert found is not None
    return found


def test_words_are_seen_before_they_are_kept(lead: Actor, client_for: Browser, workshop: Workshop) -> None:
    browser = client_for(lead)
    Resemblance.objects.all().delete()
    seen = browser.post(at("lexicon_save"), {"text": WORDS, "known": "", "see": "1"})
    assert "2 notes concernées" in seen.content.decode().replace("\xa0", " ")
    assert not TeamLexicon.objects.filter(text__contains="vival").exists()
    browser.post(at("lexicon_save"), {"text": WORDS, "known": "", "save": "1"})
    assert lexicon_of(lead.space).text == f"{WORDS}\n"
    entry = Entry.objects.get(action="voices.save_lexicon")
    assert entry.details == {"subjects": 1}, "numbers, never people's words"
    assert search_of(workshop).behind
    browser.post(at("resemblances_refresh", workshop.code))
    assert not search_of(workshop).behind
    assert Resemblance.objects.count() == 1


def test_what_cannot_be_read_comes_back_with_its_line(lead: Actor, client_for: Browser) -> None:
    answer = client_for(lead).post(at("lexicon_save"), {"text": "bancs : banc\nsans rien", "known": "", "save": "1"})
    assert answer.status_code == 422
    assert "ligne 2" in answer.content.decode()
    assert "sans rien" in answer.content.decode()
    assert not TeamLexicon.objects.exists()


def test_two_people_do_not_write_over_each_other(lead: Actor, client_for: Browser) -> None:
    browser = client_for(lead)
    browser.post(at("lexicon_save"), {"text": WORDS, "known": "", "save": "1"})
    late = browser.post(at("lexicon_save"), {"text": "bancs : assise", "known": "", "save": "1"})
    assert late.status_code == 422
    assert "bancs : assise" in late.content.decode()
    assert lexicon_of(lead.space).text == f"{WORDS}\n"


def test_the_file_is_that_of_the_command_line_and_comes_back_the_same(
    lead: Actor, client_for: Browser, workshop: Workshop
) -> None:
    browser = client_for(lead)
    kept, absorbed = Statement.objects.order_by("position")[:2]
    voices.gather(actor=lead, kept=kept, absorbed=absorbed)
    browser.post(at("lexicon_save"), {"text": "bancs : assise*", "known": "", "save": "1"})
    file = browser.get(at("lexicon_download")).content.decode()
    added, learned = read_lexicon(file)
    assert [c.name for c in added] == ["bancs"]
    assert learned.same
    sent = SimpleUploadedFile("lexique.txt", file.encode())
    text = lexicon_of(lead.space).text
    page = browser.post(at("lexicon_save"), {"text": text, "known": text, "file": sent, "save": "1"})
    assert page.status_code == 200, "a file is shown before it is kept"
    assert lexicon_of(lead.space).text == text
    voices.save_lexicon(actor=lead, text=with_file(text, file))
    assert read_lexicon(lexicon_file(lexicon_of(lead.space)))[1] == learned


def test_effects_tell_what_appears_and_what_goes(lead: Actor, workshop: Workshop) -> None:
    found = effects_of(lead.space, WORDS)
    assert (found.notes, found.concerned, found.unseen) == (2, 2, 0)
    assert effects_of(lead.space, "").concerned == 0
    voices.save_lexicon(actor=lead, text=WORDS)
    without = effects_of(lead.space, "")
    assert without.concerned == 2
    assert len(without.vanish) == len(found.appear)


def test_a_note_being_typed_is_counted_once_more_on_the_line_that_said_it(
    lead: Actor, client_for: Browser, workshop: Workshop
) -> None:
    browser = client_for(lead)
    occasion = workshop.comptoirs.get().occasion
    heading = occasion.headings.get(label="Essai")
    written = Entry.objects.count()
    sent = {"heading": str(heading.pk), "words": "le vival ferme bien trop tot"}
    near = browser.post(at("note_near", workshop.code, occasion.code), sent, headers=HTMX).content.decode()
    line = Statement.objects.get(verbatim__words="Le vival ferme trop tôt")
    assert "Cela ressemble à" in near
    assert str(line.pk) in near
    assert Entry.objects.count() == written, "asking writes nothing"
    browser.post(at("board_act", workshop.code, occasion.code, "compter"), {"line": str(line.pk)}, headers=HTMX)
    assert counts([line.pk])[line.pk][0] == 2
    short = browser.post(at("note_near", workshop.code, occasion.code), sent | {"words": "le"}, headers=HTMX)
    assert "ressemble" not in short.content.decode()


def test_a_question_put_aside_waits_and_comes_back_when_asked(lead: Actor, client_for: Browser, bring: Bring) -> None:
    browser = client_for(lead)
    text = "Sujet;Colonne;Note\nHabitants;Essai;Plus de bancs\nHabitants;Essai;Il manque des bancs\n"
    workshop = bring(lead, text, name="b.csv").workshop
    assert workshop is not None
    pair = Resemblance.objects.get(heading__occasion__comptoir__workshop=workshop)
    sent = {"first": str(pair.first_id), "second": str(pair.second_id)}
    aside = browser.post(at("resemblance_decide", workshop.code), sent | {"decision": "later"}, follow=True)
    assert "1 question mise de côté" in aside.content.decode().replace("\xa0", " ")
    board = browser.get(at("board", workshop.code, workshop.comptoirs.get().occasion.code)).content.decode()
    assert "Pas maintenant" not in board
    again = browser.post(at("resemblance_decide", workshop.code), {"decision": "again"}, follow=True)
    assert "1 paire à regarder" in again.content.decode().replace("\xa0", " ")


def test_many_lines_are_searched_in_a_job_that_can_run_twice(
    lead: Actor, client_for: Browser, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "INLINE", 1)
    voices.save_lexicon(actor=lead, text=WORDS)
    answer = client_for(lead).post(at("resemblances_refresh", workshop.code))
    job = Job.objects.get(kind=JOB)
    assert answer.headers["Location"] == at("job", job.code)
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        searching.search_workshop(workshop.pk, lambda done, total, message="": seen.append((done, total)))
    assert (2, 2) in seen
    assert not search_of(workshop).behind
