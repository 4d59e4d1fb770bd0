"""A long official file: loaded by the worker, with its progress, found again when the page was left."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.accounts.actions import give_instance_role
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.models import Actor, Person
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Refused
from comptoir.spaces import jobs
from comptoir.spaces.models import Job, JobState
from comptoir.territories import actions, loading
from comptoir.territories.loading import read_files
from comptoir.territories.models import OfficialSource, PriorityNeighbourhood, ReceivedFile
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ROWS = 501
FILE = ("code_qp;lib_qp\n" + "".join(f"QP999{n:03};Essai {n}\n" for n in range(ROWS))).encode()
SOURCES = "/quartiers/fichiers/"


@pytest.fixture
def browser(stranger: Actor, client_for: Any) -> LintingClient:
    """Of whoever hosts the instance."""
    give_instance_role(person=Person.objects.get(pk=stranger.person_id), kind=InstanceRoleKind.HOST)
    found: LintingClient = client_for(stranger)
    return found


def queued(browser: LintingClient) -> tuple[Job, str]:
    """The job of the file, and its page."""
    shown = browser.post(SOURCES, {"file": SimpleUploadedFile("longue.csv", FILE)})
    where = browser.post(f"{SOURCES}charger/", {"file": shown.context["token"]}).headers["Location"]
    return Job.objects.get(), where


def shown(browser: LintingClient, url: str) -> str:
    return re.sub(r"\s+", " ", browser.get(url).content.decode())


def test_the_worker_loads_it_and_says_what_was_done(browser: LintingClient) -> None:
    job, page = queued(browser)
    assert (job.space, job.state, PriorityNeighbourhood.objects.count()) == (None, JobState.QUEUED, 0)
    assert "En attente" in shown(browser, page)
    assert page in shown(browser, SOURCES), "left, it is found again"
    jobs.run.func(str(job.pk))
    assert PriorityNeighbourhood.objects.count() == ROWS
    assert "C'est chargé" in shown(browser, page).replace("&#x27;", "'")
    assert page not in shown(browser, SOURCES)
    assert "longue.csv" in shown(browser, SOURCES)
    entry = Entry.objects.get(action="territories.load")
    assert entry.actor_id == ReceivedFile.objects.get().person_id
    actions.load_received(job.subject_id, lambda *said: None)  # type: ignore[arg-type]  # what Progress is
    assert (PriorityNeighbourhood.objects.count(), OfficialSource.objects.count()) == (ROWS, 1)
    assert "était déjà chargé" in ReceivedFile.objects.get().outcome, "run twice, nothing doubled"


def test_lines_are_counted_as_they_are_read(browser: LintingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "CHUNK", 200)
    job, page = queued(browser)
    said: list[tuple[Any, ...]] = []
    actions.load_received(job.subject_id, lambda *one: said.append(one))  # type: ignore[arg-type]  # what Progress is
    assert said == [
        (0, 0, "Lecture du fichier…"), (0, ROWS), (200, ROWS, ""), (400, ROWS, ""), (ROWS, ROWS, "Écriture…"),
    ]  # fmt: skip
    Job.objects.update(state=JobState.RUNNING, done=200, total=ROWS)
    assert "Lignes lues" in shown(browser, page)
    fragment = browser.get(page, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="job"')


def test_what_stops_it_is_told(browser: LintingClient, stranger: Actor) -> None:
    job, page = queued(browser)
    give_instance_role(person=Person.objects.get(pk=stranger.person_id), kind=InstanceRoleKind.HOST, remove=True)
    jobs.run.func(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "par qui héberge" in job.message
    assert PriorityNeighbourhood.objects.count() == 0
    assert browser.get(page).status_code == 403, "no longer the host"


def test_a_load_that_another_has_overtaken_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([(0, None), (1, None)])
    monkeypatch.setattr(actions, "moment", lambda: next(moments))
    with pytest.raises(Conflict, match="Un autre chargement"):
        actions.load_official(person=None, sources=read_files([("longue.csv", FILE)]))
    assert PriorityNeighbourhood.objects.count() == 0


def test_only_the_host_has_files_loaded_and_sees_how_far(lead: Actor, browser: LintingClient, client_for: Any) -> None:
    _, page = queued(browser)
    assert client_for(lead).get(page).status_code == 403
    assert browser.get(f"{SOURCES}travaux/aucun/").status_code == 404
    with pytest.raises(Refused):
        actions.queue_official(
            person=Person.objects.get(pk=lead.person_id), name="x.csv", digest="0" * 64, back_url="/"
        )  # fmt: skip
    assert LintingClient().get(page).headers["Location"].startswith("/connexion/")
