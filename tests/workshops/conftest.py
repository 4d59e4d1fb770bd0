"""Imports and boards in few words; a database on disk, where connections really compete."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from comptoir.accounts.models import Actor
from comptoir.workshops.actions import confirm_import, receive, set_choices
from comptoir.workshops.models import Import


@pytest.fixture
def bring() -> Callable[..., Import]:
    """`bring(actor, text, **choices)`: receive, choose and confirm; the import as it then is."""

    def imported(actor: Actor, text: str | bytes, *, name: str = "texte collé", **choices: Any) -> Import:
        content = text.encode() if isinstance(text, str) else text
        media = "text/plain" if name == "texte collé" else "application/octet-stream"
        source = receive(actor=actor, content=content, name=name, media_type=media)
        given = {"title": source.title, "held_on": date(2026, 3, 5), "speaker_kind": "professionals"}
        set_choices(actor=actor, source=source, **{**given, "workshop": None, "mapping": {}, **choices})
        confirm_import(actor=actor, source=source, back_url="/", again=True)
        source.refresh_from_db()
        return source

    return imported


@pytest.fixture
def database_on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database where each thread has its own connection and waits for the others: PostgreSQL, or SQLite in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    path = tmp_path / "comptoir.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    memory = connections["default"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "NAME", str(path))
        connections["default"] = connections.create_connection("default")
        yield
        connections["default"].close()
        connections["default"] = memory


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """`at_once(f, g)`: both in threads of their own, started together; what each returned or raised."""

    def run(*works: Callable[[], Any]) -> list[Any]:
        results: list[Any] = [None] * len(works)
        gate = threading.Barrier(len(works))

        def work(at: int) -> None:
            try:
                gate.wait(timeout=20)
                results[at] = works[at]()
            except Exception as error:  # noqa: BLE001  # the test looks at it
                results[at] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(at,)) for at in range(len(works))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    return run
