"""A worker is killed again and again in the middle of an import: nothing is lost, nothing is written twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from served import COMPTOIR, PATIENCE, Place, demonstration

pytestmark = pytest.mark.slow
LINES = 6_000
WORKER = (*COMPTOIR, "worker", "--name", "atelier", "--interval", "0.05")
KILLS = ((0.05, 0.0), (0.4, 0.03), (0.75, 0.07), (1.0, 0.0))  # (share of lines written, seconds after that)

CONFIRM = f"""
import django
django.setup()
from comptoir.accounts.models import Actor, Membership
from comptoir.workshops.actions import confirm_import, receive, set_choices
lead = Actor.of(Membership.objects.get(role="project_lead"))
rows = [f"Il faudrait le banc n° {{n}};{{('Intérêt', 'Invention à tester')[n % 2]}}" for n in range({LINES})]
source = receive(
    actor=lead, content="\\n".join(["parole;colonne", *rows]).encode(), name="notes.csv", media_type="text/csv"
)
source = set_choices(
    actor=lead, source=source, title="Un gros comptoir", held_on=None, speaker_kind="residents", workshop=None,
    mapping={{"text": "parole", "column": "colonne"}},
)
for _ in range(2):
    job = confirm_import(actor=lead, source=source, back_url="/")
assert job is not None and job.total == 0, "a long import is a job"
"""

JOB = "FROM spaces_job WHERE kind = 'workshops.import'"  # the demonstration has had others
WRITTEN = f"""
    SELECT count(*), count(DISTINCT line.rank), count(DISTINCT said.words)
    FROM workshops_importedline AS line
    JOIN voices_statement AS statement ON statement.id = line.statement_id
    JOIN voices_verbatim AS said ON said.statement_id = statement.id
    WHERE line.source_id = (SELECT subject_id {JOB}) AND statement.state = '{{state}}'
"""


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with demonstration(tmp_path_factory, "killed") as found:
        yield found


def ask(place: Place, question: str) -> tuple[Any, ...]:
    """One row, straight from the database."""
    if place.database:
        import psycopg

        with psycopg.connect(place.database) as connection:
            row = connection.execute(question).fetchone()
    else:
        with closing(sqlite3.connect(place.data / "comptoir.sqlite3", timeout=PATIENCE)) as connection:
            row = connection.execute(question).fetchone()
    assert row is not None
    return tuple(row)


def killed(place: Place, log: Path, share: float, after: float) -> bool:
    """Starts a worker and kills it once so much is written. False: it had ended its work before."""
    end = time.monotonic() + 3 * PATIENCE
    with log.open("ab") as out, subprocess.Popen(WORKER, env=place.environment, stdout=out, stderr=out) as worker:
        try:
            while time.monotonic() < end and worker.poll() is None:
                state, done, total = ask(place, f"SELECT state, done, total {JOB}")
                if state == "done" or (total and done >= share * total):
                    break
                time.sleep(0.01)
            else:
                pytest.fail(f"the import does not advance:\n{log.read_text()[-3000:]}")
            time.sleep(after)
        finally:
            os.kill(worker.pid, signal.SIGKILL)
    return bool(ask(place, f"SELECT state {JOB}") == ("running",))


def test_an_import_survives_the_deaths_of_its_worker(place: Place, tmp_path: Path) -> None:
    environment = {**place.environment, "DJANGO_SETTINGS_MODULE": "comptoir.settings"}
    subprocess.run([sys.executable, "-c", CONFIRM], env=environment, check=True)
    assert ask(place, f"SELECT count(*), min(state), min(total) {JOB}") == (1, "queued", 0)
    log = tmp_path / "worker.log"
    stopped_midway = 0
    for share, after in KILLS:
        if killed(place, log, share, after):
            arriving, live = (ask(place, WRITTEN.format(state=state)) for state in ("arriving", "live"))
            # All of it appears at once at the end: an import under way shows nothing on the board.
            assert 0 in {arriving[0], live[0]}
            assert arriving[0] == arriving[1] == arriving[2]
            stopped_midway += 0 < arriving[0] < LINES
    assert stopped_midway >= 2, "the kills came too late to prove anything"
    done = subprocess.run(
        [*WORKER, "--once"], env=place.environment, capture_output=True, text=True, timeout=5 * PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    assert ask(place, f"SELECT state, done, total, message {JOB}") == ("done", LINES, LINES, "")
    assert ask(place, WRITTEN.format(state="live")) == (LINES, LINES, LINES)
    assert ask(place, WRITTEN.format(state="arriving"))[0] == 0
    assert ask(place, "SELECT count(*) FROM workshops_import WHERE state = 'done' AND title = 'Un gros comptoir'") == (
        1,
    )
    assert ask(place, "SELECT count(*) FROM workshops_workshop WHERE title = 'Un gros comptoir'") == (1,)
