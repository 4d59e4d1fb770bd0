"""The settings as a production, a demonstration and a test have them: each read in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SHOW = """
import json, sys
from comptoir import settings
names = json.loads(sys.argv[1])
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""
SECRET = "une-longue-phrase-avec-des-lettres-variees-1234"


def python(folder: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("COMPTOIR_", "DJANGO_", "PYTEST_"))}
    environment = {**kept, "COMPTOIR_DATA": str(folder), **given}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def settings(folder: Path, *names: str, **given: str) -> dict[str, Any]:
    shown = python(folder, "-c", SHOW, json.dumps(names), **given)
    assert shown.returncode == 0, shown.stderr
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def test_nothing_that_helps_tests_or_demonstrations_is_there_by_default(tmp_path: Path) -> None:
    found = settings(
        tmp_path, "DEBUG", "DEMO", "TESTING", "COMPTOIR_GALLERY", "PASSWORD_HASHERS", "STORAGES", "ALLOWED_HOSTS",
        "WHITENOISE_USE_FINDERS",
    )  # fmt: skip
    assert [found[name] for name in ("DEBUG", "DEMO", "TESTING", "COMPTOIR_GALLERY")] == [False] * 4
    assert not found["WHITENOISE_USE_FINDERS"]
    assert found["PASSWORD_HASHERS"][0].endswith("ScryptPasswordHasher")
    assert not [hasher for hasher in found["PASSWORD_HASHERS"] if "MD5" in hasher]
    assert found["STORAGES"]["staticfiles"]["BACKEND"] == "comptoir.kit.static_files.Storage"
    assert "*" not in found["ALLOWED_HOSTS"]


def test_behind_https_cookies_and_addresses_are_for_https_alone(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert not any(settings(tmp_path, *names).values())
    assert all(settings(tmp_path, *names, COMPTOIR_HTTPS="1").values())


def test_a_demonstration_and_https_exclude_each_other(tmp_path: Path) -> None:
    refused = python(tmp_path, "-c", "import comptoir.settings", COMPTOIR_DEMO="1", COMPTOIR_HTTPS="1")
    assert refused.returncode == 1
    assert "COMPTOIR_DEMO ouvre des comptes connus de tous" in refused.stderr
    assert settings(tmp_path, "DEMO", "COMPTOIR_GALLERY", COMPTOIR_DEMO="1") == {"DEMO": True, "COMPTOIR_GALLERY": True}


def test_everything_stands_in_the_data_folder(tmp_path: Path) -> None:
    found = settings(tmp_path, "FILES", "STATIC_ROOT", "DATABASES")
    assert {str(found["FILES"]), str(found["STATIC_ROOT"])} == {f"{tmp_path}/files", f"{tmp_path}/static"}
    assert found["DATABASES"]["default"]["NAME"] == f"{tmp_path}/comptoir.sqlite3"
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_django_finds_nothing_to_say_of_a_production(tmp_path: Path) -> None:
    checked = python(
        tmp_path, "-m", "comptoir", "check", "--deploy", "--fail-level", "WARNING",
        COMPTOIR_HTTPS="1", COMPTOIR_SECRET_KEY=SECRET * 2, COMPTOIR_HOSTS="comptoir.exemple.fr",
    )  # fmt: skip
    # Not ours to decide: subdomains and the browsers' own list belong to whoever holds the domain (W005, W021).
    said = [line for line in checked.stderr.splitlines() if line.startswith("?:")]
    assert [line for line in said if "W005" not in line and "W021" not in line] == []
    assert len(said) <= 2


def test_a_wrong_value_is_one_sentence_at_the_start(tmp_path: Path) -> None:
    for given in (
        {"COMPTOIR_DEBUG": "peut-être"},
        {"COMPTOIR_DATABASE_URL": "mysql://x"},
        {"COMPTOIR_SECRET_KEY": "a"},
    ):
        refused = python(tmp_path, "-m", "comptoir", "check", **given)
        assert refused.returncode != 0
        assert next(iter(given)) in refused.stderr.splitlines()[-1]


PRAGMAS = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print([cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")])
"""


def test_what_sqlite_acknowledges_is_on_the_disk_and_its_keys_hold(tmp_path: Path) -> None:
    shown = python(tmp_path, "-c", PRAGMAS, DJANGO_SETTINGS_MODULE="comptoir.settings")
    assert shown.stdout.strip() == "['wal', 2, 1]", shown.stderr  # 2: FULL


def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    text = settings(tmp_path, "CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]
    policy = dict(part.strip().split(" ", 1) for part in text.split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert set(" ".join(policy.values()).split()) == {"'self'", "'none'", "data:"}
    assert [place for place, allowed in policy.items() if "data:" in allowed] == ["img-src"]
