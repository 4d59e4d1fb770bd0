"""The environment: read once, and a wrong value is one sentence."""

import stat
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from comptoir import env

NAME = "COMPTOIR_ESSAI"
STRONG = "une-longue-phrase-avec-des-lettres-variees-1234"


def given(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv(NAME, raising=False)
    else:
        monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(("value", "read"), [(None, "ici"), ("", ""), ("là", "là"), (" là ", " là ")])
def test_a_text_is_what_is_given_or_its_default(monkeypatch: pytest.MonkeyPatch, value: str | None, read: str) -> None:
    given(monkeypatch, value)
    assert env.text(NAME, "ici") == read


def test_a_value_may_stand_in_a_file_which_has_the_last_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, "dans l'environnement")
    (tmp_path / "secret").write_text("  dans le fichier é\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.text(NAME) == "dans le fichier é"
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}_FILE .*absent est illisible"):
        env.text(NAME)


@pytest.mark.parametrize(
    ("value", "read"),
    [(None, True), ("1", True), ("oui", True), ("TRUE", True), ("on", True), ("0", False), ("non", False), ("", False)],
)
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str | None, read: bool) -> None:
    given(monkeypatch, value)
    assert env.flag(NAME, default=True) is read


def test_a_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "peut-être")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} doit valoir 1 ou 0, pas « peut-être »"):
        env.flag(NAME, default=False)


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, " a.fr, b.fr ,,")
    assert env.words(NAME) == ["a.fr", "b.fr"]
    given(monkeypatch, "")
    assert env.words(NAME, "c.fr") == []
    given(monkeypatch, None)
    assert env.words(NAME, "c.fr") == ["c.fr"]


def test_a_secret_is_made_once_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, None)
    folder = tmp_path / "data"
    made = env.secret(NAME, folder)
    assert len(made) >= 48
    assert env.secret(NAME, folder) == made
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert env.secret(NAME, tmp_path / "other") != made


def test_processes_that_start_together_share_one_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Server and worker are often started in the same instant, on an empty folder."""
    given(monkeypatch, None)
    for n in range(20):
        found: list[str] = []
        gate = threading.Barrier(6)

        def start(folder: Path, found: list[str] = found, gate: threading.Barrier = gate) -> None:
            gate.wait()
            found.append(env.secret(NAME, folder))

        starts = [threading.Thread(target=start, args=(tmp_path / str(n),)) for _ in range(6)]
        for one in starts:
            one.start()
        for one in starts:
            one.join()
        assert len(found) == 6
        assert len(set(found)) == 1
        assert [path.name for path in (tmp_path / str(n)).iterdir()] == ["secret-key"]


def test_a_given_secret_is_used_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, STRONG)
    assert env.secret(NAME, tmp_path) == STRONG
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("weak", ["court", "a" * 64, "abababab" * 8, STRONG[:31]])
def test_a_weak_secret_stops_the_start_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, weak: str
) -> None:
    given(monkeypatch, weak)
    with pytest.raises(ImproperlyConfigured, match="trop faible") as refused:
        env.secret(NAME, tmp_path)
    assert weak not in str(refused.value)


def test_without_an_address_the_database_is_a_file_of_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given(monkeypatch, None)
    found = env.database(NAME, tmp_path)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == str(tmp_path / "comptoir.sqlite3")
    given(monkeypatch, "sqlite:////srv/un%20dossier/base.sqlite3")
    assert env.database(NAME, tmp_path)["NAME"] == "/srv/un dossier/base.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_an_address_of_postgresql_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scheme: str) -> None:
    given(monkeypatch, f"{scheme}://ama:m%40t%2Fde%20passe@base.exemple.fr:5433/comptoir")
    found = env.database(NAME, tmp_path)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "comptoir", "USER": "ama", "PASSWORD": "m@t/de passe", "HOST": "base.exemple.fr", "PORT": "5433",
    }  # fmt: skip
    given(monkeypatch, f"{scheme}:///comptoir")
    assert env.database(NAME, tmp_path)["HOST"] == "", "the socket of this machine"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="what is said to PostgreSQL")
def test_postgresql_knows_that_questions_are_short() -> None:
    """ADR 33: said by the connection itself, whatever the server's own settings."""
    told = {}
    with connection.cursor() as cursor:
        for name in ("random_page_cost", "jit", "max_parallel_workers_per_gather"):
            cursor.execute(f"SHOW {name}")
            told[name] = cursor.fetchone()[0]
    assert told == {"random_page_cost": "1.1", "jit": "off", "max_parallel_workers_per_gather": "0"}


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, "mysql://ama:secret@base/comptoir")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} doit commencer par .*pas « mysql: »") as refused:
        env.database(NAME, tmp_path)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("smtps://ama:s%40sam@mail.exemple.fr", ("mail.exemple.fr", 465, "ama", "s@sam", True, False)),
        ("smtp+tls://ama:x@mail.exemple.fr:2525", ("mail.exemple.fr", 2525, "ama", "x", False, True)),
        ("smtp://127.0.0.1", ("127.0.0.1", 25, "", "", False, False)),
    ],
)
def test_a_mail_server_is_one_address(monkeypatch: pytest.MonkeyPatch, value: str, found: tuple[object, ...]) -> None:
    given(monkeypatch, value)
    read = env.mail(NAME, Path("data"))
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert tuple(read[f"EMAIL_{name}"] for name in names) == found
    assert read["EMAIL_BACKEND"].endswith("smtp.EmailBackend")


@pytest.mark.parametrize(("value", "backend"), [(None, "console"), ("console", "console"), ("file", "filebased")])
def test_mail_stays_on_this_machine_by_default(
    monkeypatch: pytest.MonkeyPatch, value: str | None, backend: str
) -> None:
    given(monkeypatch, value)
    assert env.mail(NAME, Path("data"))["EMAIL_BACKEND"].endswith(f"{backend}.EmailBackend")


@pytest.mark.parametrize(
    "value", ["oui", "smtp://", "http://mail.exemple.fr", "smtp://ama:secret@mail.exemple.fr", "smtps://a:%C3%A9@b.fr"]
)
def test_a_mail_server_that_cannot_be_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    given(monkeypatch, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.mail(NAME, Path("data"))


def test_a_choice_is_one_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "Offered")
    assert env.choice(NAME, "off", "off", "offered") == "offered"
    given(monkeypatch, "peut-être")
    with pytest.raises(ImproperlyConfigured, match="off ou offered"):
        env.choice(NAME, "off", "off", "offered")


def test_the_address_of_the_site_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "https://comptoir.exemple.fr/")
    assert env.address(NAME, "") == "https://comptoir.exemple.fr"
    for wrong in ("comptoir.exemple.fr", "ftp://exemple.fr", "https://", "https://a.fr/?x=1"):
        given(monkeypatch, wrong)
        with pytest.raises(ImproperlyConfigured, match=NAME):
            env.address(NAME, "")
