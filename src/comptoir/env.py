"""Typed readers of the environment. A wrong value stops the start with one sentence."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WEAK_SECRET = 32
# Said to PostgreSQL at each connection: rows picked by an index are near at hand (a disk without a head to move), and
# a page's questions are too short to be compiled or shared among processes. See ADR 33.
SHORT_QUESTIONS = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file named by NAME_FILE, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE : {path} est illisible ({error.strerror}).") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "oui", "on"}:
        return True
    if value in {"0", "false", "no", "non", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} doit valoir 1 ou 0, pas « {value} ».")


def words(name: str, default: str = "") -> list[str]:
    return [w.strip() for w in text(name, default).split(",") if w.strip()]


def tiles(name: str) -> str:
    """The address of a server of map tiles, with {z}, {x} and {y}; empty: none."""
    url = text(name).strip()
    if url and not (
        url.startswith(("https://", "http://")) and all(part in url for part in ("{z}", "{x}", "{y}")) and host_of(url)
    ):
        raise ImproperlyConfigured(f"{name} doit être une adresse https://… avec {{z}}, {{x}} et {{y}}.")
    return url


def host_of(url: str) -> str:
    """« https://tuiles.exemple.fr », after a space, as a content policy names it; nothing for no address.

    A host that varies ({s}.tuiles.exemple.fr) is named with a star. Nothing else may slip into the policy.
    """
    parts = urlsplit(url.replace("{s}", "*"))
    plain = re.fullmatch(r"(?:\*\.)?[a-z0-9.-]+(?::\d+)?", parts.netloc)
    return f" {parts.scheme}://{parts.netloc}" if plain else ""


def secret(name: str, data: Path) -> str:
    """A secret of at least 32 characters: from the environment, else made once and kept in the data folder (0600)."""
    value = text(name)
    if not value:
        kept = data / "secret-key"
        if not kept.exists():
            data.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=data)  # 0600
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):  # of processes that start together, the first one decides
                os.link(draft, kept)
            os.unlink(draft)
        value = kept.read_text(encoding="ascii").strip()
    if len(value) < WEAK_SECRET or len(set(value)) < 8:
        raise ImproperlyConfigured(f"{name} est trop faible : il faut au moins {WEAK_SECRET} caractères variés.")
    return value


def database(name: str, data: Path) -> dict[str, Any]:
    """Django's DATABASES entry from a URL: sqlite:///path (the default, in the data folder) or postgres://…."""
    url = text(name) or f"sqlite:///{data / 'comptoir.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {
                # FULL: what was acknowledged survives a power cut (design, safety).
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": SHORT_QUESTIONS},
        }
    raise ImproperlyConfigured(f"{name} doit commencer par sqlite:/// ou postgres://, pas « {parts.scheme}: ».")


def choice(name: str, default: str, *allowed: str) -> str:
    value = text(name, default).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} doit valoir {' ou '.join(allowed)}, pas « {value} ».")
    return value


def address(name: str, default: str) -> str:
    """The address of the site, without a slash at its end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} doit être une adresse comme https://comptoir.exemple.fr, pas « {value} ».")
    return value


def mail(name: str, data: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings: `console`, `file` (a folder of the data), or the address of a mail server.

    `smtps://` speaks TLS from the first word, `smtp+tls://` asks for it (STARTTLS), `smtp://` stays in clear: no
    password goes that way, but to this very machine.
    """
    value = text(name, "console")
    if value in {"console", "file"}:
        backend = "console" if value == "console" else "filebased"
        return {
            "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
            "EMAIL_FILE_PATH": str(data / "mail"),
        }
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} doit valoir console, file ou smtps://utilisateur:mot-de-passe@machine:port."
        )
    if parts.scheme == "smtp" and parts.password and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(f"{name} enverrait un mot de passe en clair : écrivez smtps:// ou smtp+tls://.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise ImproperlyConfigured(f"{name} : un serveur de courriel ne prend ni accent ni œ dans un mot de passe.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }
