"""A worker is killed while it hands a letter to the mail server: everybody is asked, nobody under two identities."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from served import COMPTOIR, PATIENCE, Place, demonstration, free_port
from smtp_on_purpose import FaultyServer

pytestmark = pytest.mark.slow
WORKER = (*COMPTOIR, "worker", "--name", "facteur", "--interval", "0.05")
KILLED_AT = (1, 3, 4)  # letters taken when the worker dies, over its lives

OPEN = """
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from comptoir.accounts.models import Actor, Membership
from comptoir.commitments import actions
from comptoir.commitments.models import CheckInRound
lead = Actor.of(Membership.objects.select_related("person", "space", "organisation").get(role="project_lead"))
found = CheckInRound.objects.select_related("contract").get(closed_on=None)
today = timezone.localdate()
actions.close_round(actor=lead, found=found, on=today)
past = today - timedelta(days=9)  # due at once, on whatever day of the week
made = actions.open_round(
    actor=lead, contract=found.contract, on=today, starts_on=past, spread_days=1, per_person=5, substitute_after=0,
)
print(made.requests.values("contact").distinct().count())
"""
ASKED = """
    SELECT request.delivery, mail.id, contact.email FROM commitments_checkinrequest AS request
    JOIN contracts_contact AS contact ON contact.id = request.contact_id
    LEFT JOIN spaces_mail AS mail ON mail.id = request.mail_id
    WHERE request.round_id = (SELECT id FROM commitments_checkinround WHERE closed_on IS NULL)
"""


class Deadly(FaultyServer):
    """Takes a letter and, when its turn has come, kills the worker before it can say so."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = 0
        self.kills = list(KILLED_AT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        said = await super().handle_DATA(server, session, envelope)
        if self.kills and len(self.received) >= self.kills[0]:
            self.kills.pop(0)
            os.kill(self.worker, signal.SIGKILL)
        return said


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with demonstration(tmp_path_factory, "facteur") as found:
        yield found


@pytest.fixture
def server() -> Iterator[tuple[Deadly, int]]:
    found, port = Deadly(), free_port()
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    yield found, port
    controller.stop()


def rows(place: Place, question: str) -> list[tuple[Any, ...]]:
    """Straight from the database."""
    if place.database:
        import psycopg

        with psycopg.connect(place.database) as connection:
            return [tuple(row) for row in connection.execute(question).fetchall()]
    with closing(sqlite3.connect(place.data / "comptoir.sqlite3", timeout=PATIENCE)) as connection:
        return [tuple(row) for row in connection.execute(question).fetchall()]


def test_everybody_is_asked_once_whatever_the_deaths_of_the_worker(
    place: Place, server: tuple[Deadly, int], tmp_path: Path
) -> None:
    mailbox, port = server
    environment = {**place.environment, "COMPTOIR_MAIL": f"smtp://127.0.0.1:{port}"}
    made = subprocess.run(
        [sys.executable, "-c", OPEN], env={**environment, "DJANGO_SETTINGS_MODULE": "comptoir.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-2000:]
    people = int(made.stdout.split()[-1])
    assert people > KILLED_AT[-1]
    log = tmp_path / "worker.log"
    for _ in KILLED_AT:
        with log.open("ab") as out, subprocess.Popen(WORKER, env=environment, stdout=out, stderr=out) as worker:
            mailbox.worker = worker.pid
            assert worker.wait(timeout=2 * PATIENCE) == -signal.SIGKILL, log.read_text()[-2000:]
    done = subprocess.run(
        [*WORKER, "--once"], env=environment, capture_output=True, text=True, timeout=2 * PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    identities: dict[str, set[str]] = defaultdict(set)
    for message in mailbox.received:
        identities[message["To"]].add(message["Message-ID"])
    asked = rows(place, ASKED)
    assert {delivery for delivery, *_ in asked} == {"sent"}
    assert len({mail for _, mail, _ in asked}) == people
    assert {to: len(ids) for to, ids in identities.items()} == {email: 1 for *_, email in asked}
    assert len(mailbox.received) == people + len(KILLED_AT)  # each death, one letter that came twice, the same
