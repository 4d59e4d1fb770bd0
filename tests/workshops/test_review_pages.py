"""What a hostile review of the pages of imports and lists found, held: true sentences, nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html
from workshop_samples import NOTES, SYNTHESIS

from comptoir.accounts.models import Actor
from comptoir.analysis.synthesis.model import Note, Notes
from comptoir.spaces.models import Job, JobState
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, open_workshop, receive
from comptoir.workshops.actions import imports as module
from comptoir.workshops.models import Comptoir, Import, SynthesisVersion, Workshop

Bring = Callable[..., Import]
Browser = Callable[[Actor], Any]
SENT = {"title": "Soirée", "held_on": "", "speaker_kind": "mixed", "workshop": ""}


def at(name: str, *args: object) -> str:
    return reverse(name, args=("val-clair", *args))


def words(page: Any) -> str:
    """What a person reads, on one line."""
    tree = html.document_fromstring(page.content.decode())
    return " ".join(tree.text_content().split())  # no-break spaces too


def field(page: Any, name: str) -> Any:
    (found,) = html.document_fromstring(page.content.decode()).xpath(f"//*[@name='{name}']")
    return found


def long_notes(count: int) -> str:
    return "Sujet;Colonne;Note\n" + "".join(f"Habitants;Essai;Parole {n}\n" for n in range(count))


# The preview


def test_the_preview_of_what_joins_a_comptoir_says_where_each_column_goes(lead: Actor, client_for: Browser) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    add_comptoir(actor=lead, workshop=workshop, title="Les habitants", subject=Subject.RESIDENTS)
    browser = client_for(lead)
    text = "Sujet;Colonne;Note\nHabitants;Quels pièges évite-t-on ?;Trop long\nHabitants;Merci;À tous\nÉlus;Essai;Oui\n"
    before = words(browser.post(at("import_new"), {"text": text}, follow=True))
    assert "ira dans" not in before
    source = Import.objects.get()
    page = browser.post(at("import", source.code), SENT | {"workshop": workshop.pk}, follow=True)
    shown = words(page)
    for said in (
        "Ira dans le tableau « Les habitants »", "ira dans « Pièges à éviter »", "nouvelle colonne",
        "Nouveau tableau de « Comptoir d'hiver »", "Titre et date : ceux du comptoir choisi",
    ):  # fmt: skip
        assert said in shown
    assert [field(page, name).get("type") for name in ("title", "held_on")] == ["hidden", "hidden"]
    assert words(browser.get(at("import", source.code))) == shown
    back = browser.post(at("import", source.code), SENT, follow=True)
    assert (field(back, "title").get("type"), field(back, "title").get("value")) == ("text", "Soirée")


def test_a_title_or_a_day_to_be_corrected_is_never_hidden(lead: Actor, client_for: Browser) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    source = receive(actor=lead, content=NOTES.encode())
    sent = SENT | {"held_on": "0001-01-01", "workshop": workshop.pk}
    page = client_for(lead).post(at("import", source.code), sent)
    assert page.status_code == 422
    assert field(page, "held_on").get("type") == "date"


@pytest.mark.parametrize("length", [1, 60])
def test_the_introduction_is_shown_before_it_is_kept(length: int, lead: Actor, client_for: Browser) -> None:
    said = "Une soirée de plus." * length
    text = SYNTHESIS.replace("Trois soirées, trois tables.", said)
    page = client_for(lead).post(at("import_new"), {"text": text}, follow=True)
    (section,) = html.document_fromstring(page.content.decode()).xpath("//section[h2='Introduction']")
    assert said in section.text_content()
    assert bool(section.xpath(".//details")) == (length > 1)


def test_entries_of_the_same_title_and_day_can_be_told_apart(lead: Actor, client_for: Browser) -> None:
    for hours in range(3):
        found = open_workshop(actor=lead, title="Comptoir d'hiver")
        Workshop.objects.filter(pk=found.pk).update(created_at=timezone.now() - timedelta(hours=hours))
    source = receive(actor=lead, content=NOTES.encode())
    select = field(client_for(lead).get(at("import", source.code)), "workshop")
    labels = [option.text_content() for option in select.xpath("option")]
    assert len(set(labels)) == 4
    assert all("Comptoir d'hiver, sans date (ouvert le" in label for label in labels[1:])


def test_a_twin_is_told_as_it_is_and_imported_only_when_asked(lead: Actor, bring: Bring, client_for: Browser) -> None:
    source = receive(actor=lead, content=NOTES.encode())
    browser = client_for(lead)
    assert "C'est bien ça, importer" in words(browser.get(at("import", source.code)))
    workshop = bring(lead, NOTES).workshop  # from another tab, meanwhile
    assert workshop is not None
    stopped = browser.post(at("import", source.code), SENT | {"confirm": "1"})
    assert stopped.status_code == 422
    assert "il existera deux fois" in words(stopped)
    assert "doublerait" not in words(stopped)
    assert Workshop.objects.count() == 1
    joined = words(browser.get(at("import", source.code) + f"?comptoir={workshop.code}"))
    assert "doublerait les comptes" in joined
    assert "deux fois" not in joined
    (button,) = html.document_fromstring(stopped.content.decode()).xpath("//button[@name='again']")
    assert button.text_content().strip() == "Importer quand même"
    browser.post(at("import", source.code), SENT | {"again": "1"})
    assert Workshop.objects.count() == 2


def test_a_reading_that_names_itself_proposes_its_title_and_its_day(
    lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = Notes((Note("Un banc"),), title="Le soir du préau", dates=("5 mars 2026",))
    monkeypatch.setattr(module, "_read", lambda *args: named)
    source = receive(actor=lead, content=b"- Un banc")
    assert (source.title, str(source.held_on)) == ("Le soir du préau", "2026-03-05")


def test_the_column_of_the_words_cannot_be_none(lead: Actor, client_for: Browser) -> None:
    source = receive(actor=lead, content=NOTES.encode(), name="notes.csv", media_type="text/csv")
    browser = client_for(lead)
    page = browser.get(at("import", source.code))
    assert "La parole (facultatif)" not in words(page)
    assert "La table (facultatif)" in words(page)
    sent = SENT | {f"map_{role}": field(page, f"map_{role}").value for role in ("column", "subject", "table", "tally")}
    refused = browser.post(at("import", source.code), sent | {"map_text": "", "confirm": "1"})
    assert refused.status_code == 422
    assert "Choisissez la colonne où sont les paroles." in words(refused)


# Pasting


def test_starting_again_gives_back_what_was_pasted(lead: Actor, stranger: Actor, client_for: Browser) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    browser = client_for(lead)
    pasted = "# Essai\n<b>Un banc</b> **\n"
    preview = browser.post(at("import_new") + f"?comptoir={workshop.code}", {"text": pasted}, follow=True)
    (again,) = html.document_fromstring(preview.content.decode()).xpath("//a[contains(@href, 'reprendre=')]/@href")
    page = browser.get(again)
    assert field(page, "text").text.strip() == pasted.strip()
    assert "Essayer avec un exemple" not in words(page)
    assert f"comptoir={workshop.code}" in again
    theirs = receive(actor=stranger, content=pasted.encode())
    assert browser.get(at("import_new") + f"?reprendre={theirs.code}").status_code == 404
    empty = browser.get(at("import_new"))
    assert "Essayer avec un exemple" in words(empty)


def test_a_refused_text_is_not_replaced_by_an_example(lead: Actor, client_for: Browser) -> None:
    page = client_for(lead).post(at("import_new"), {"text": "  \n---\n"})
    assert page.status_code == 422
    assert "Essayer avec un exemple" not in words(page)


def test_an_empty_file_is_refused_in_our_words(lead: Actor, client_for: Browser) -> None:
    page = client_for(lead).post(at("import_new"), {"text": "", "file": SimpleUploadedFile("vide.csv", b"")})
    assert page.status_code == 422
    assert "Ce fichier est vide : choisissez-en un autre ou collez du texte." in words(page)


# Days, tables, versions


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "9999-12-31"])
def test_a_day_that_cannot_be_right_is_refused_everywhere(day: str, lead: Actor, client_for: Browser) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir d'hiver")
    source = receive(actor=lead, content=NOTES.encode())
    place = {"title": "Comptoir", "place": "", "introduction": "", "speaker_kind": "mixed", "subjects": "residents"}
    for url, sent in (
        (at("import", source.code), SENT), (at("workshop_new"), place), (at("workshop_edit", workshop.code), place),
    ):  # fmt: skip
        page = client_for(lead).post(url, sent | {"held_on": day})
        assert (page.status_code, "Vérifiez l'année" in words(page)) == (422, True)
        later = (timezone.localdate() + timedelta(days=700)).isoformat()
        assert client_for(lead).post(url, sent | {"held_on": later}).status_code == 302


def test_an_empty_board_may_be_about_another_subject(lead: Actor, client_for: Browser) -> None:
    sent = {"title": "Les gardiens", "held_on": "", "place": "", "introduction": "", "speaker_kind": "mixed"}
    page = client_for(lead).post(at("workshop_new"), sent | {"subjects": ["other"]}, follow=True)
    assert page.status_code == 200
    assert [c.occasion.subject for c in Comptoir.objects.all()] == [Subject.OTHER]
    assert Comptoir.objects.get().occasion.headings.count() == 4


def test_freezing_twice_says_that_nothing_has_changed(lead: Actor, bring: Bring, client_for: Browser) -> None:
    workshop = bring(lead, NOTES).workshop
    assert workshop is not None
    browser = client_for(lead)
    assert "La version 1 est figée" in words(browser.post(at("synthesis_validate", workshop.code), follow=True))
    again = browser.post(at("synthesis_validate", workshop.code), follow=True)
    assert "Rien n'a changé depuis la version 1." in words(again)
    assert SynthesisVersion.objects.count() == 1


# Long imports


def test_the_page_of_a_long_import_says_what_it_is_doing(lead: Actor, bring: Bring, client_for: Browser) -> None:
    source = bring(lead, long_notes(1_200), name="n.csv")
    job = Job.objects.get(subject_id=source.pk)
    assert job.label == "Import de 1\u202f200\xa0lignes"
    browser, here = client_for(lead), at("job", job.code)
    waiting = words(browser.get(here))
    assert "En attente…" in waiting
    assert "0 sur 0" not in waiting
    assert "Vous pouvez quitter cette page" in waiting
    Job.objects.update(state=JobState.RUNNING, done=500, total=1_200)
    assert "500 sur 1 200" in words(browser.get(here))
    Job.objects.update(done=1_200, message="Recherche de ce qui se ressemble…")
    assert "Recherche de ce qui se ressemble…" in words(browser.get(here))
    for state in (JobState.DONE, JobState.FAILED):
        Job.objects.update(state=state, message="")
        assert "Vous pouvez quitter cette page" not in words(browser.get(here))


def test_a_comptoir_says_that_its_import_is_running_and_leads_to_it(
    lead: Actor, bring: Bring, client_for: Browser
) -> None:
    source = bring(lead, long_notes(600), name="n.csv")
    assert source.workshop is not None
    page = client_for(lead).get(at("workshop", source.workshop.code))
    assert "n'est pas terminé" in words(page)
    assert "0 parole" not in words(page)
    assert at("import", source.code) in page.content.decode()
    job = Job.objects.get()
    assert client_for(lead).get(at("import", source.code)).headers["Location"] == at("job", job.code)
    module.write_lines(source.pk, None)
    assert "n'est pas terminé" not in words(client_for(lead).get(at("workshop", source.workshop.code)))


def test_a_stopped_import_is_taken_up_with_one_button(lead: Actor, bring: Bring, client_for: Browser) -> None:
    source = bring(lead, long_notes(600), name="n.csv")
    Job.objects.update(state=JobState.FAILED, message="La base n'a pas répondu.")
    browser = client_for(lead)
    stopped = browser.get(at("import", source.code))
    assert "La base n'a pas répondu." in words(stopped)
    assert "Reprendre où il s'est arrêté" in words(stopped)
    assert browser.post(at("import", source.code)).status_code == 302
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1
