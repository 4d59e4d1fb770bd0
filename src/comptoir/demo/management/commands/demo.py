"""`comptoir demo`: prepares everything, starts server and worker, says where to look."""

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts import demo_accounts
from comptoir.demo.build import build
from comptoir.kit.static_files import collect_when_changed


class Command(BaseCommand):
    help = "Prépare et ouvre une démonstration : une agglomération inventée, un compte par rôle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port écouté ; un autre si celui-ci est pris")
        parser.add_argument("--prepare-only", action="store_true", help="préparer sans démarrer")
        parser.add_argument("--no-browser", action="store_true", help="ne pas ouvrir le navigateur")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Cette commande ouvre des comptes connus de tous : lancez-la par « comptoir demo ».")
        call_command("migrate", interactive=False, verbosity=0)
        collect_when_changed()
        space = build()
        if options["prepare_only"]:
            return
        port = _free_port(options["port"])
        address = f"http://127.0.0.1:{port}/"
        os.environ["COMPTOIR_URL"] = address.rstrip("/")  # of the worker, which sends mail

        def welcome() -> None:
            self._say(address, space.name)
            if not options["no_browser"] and sys.stdout.isatty():
                with suppress(webbrowser.Error):
                    webbrowser.open(address)

        _run(port, welcome)

    def _say(self, address: str, name: str) -> None:
        self.stdout.write(f"\n{name} est ouvert : {address}\n\nComptes (mot de passe : {demo_accounts.PASSWORD})")
        for membership in demo_accounts.listed():
            self.stdout.write(f"  {membership.get_role_display():32} {membership.person.email}")
        self.stdout.write("\nCtrl+C pour arrêter. Vos essais restent d'une fois sur l'autre.\n")
        self.stdout.flush()


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            chosen: int = probe.getsockname()[1]
            return chosen
    raise CommandError("Aucun port libre sur cette machine.")


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    """Wait until somebody who opens the address sees a page. False: the server has ended before."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.05)
    return False


def _run(port: int, welcome: Callable[[], None]) -> None:
    """The server and the worker, side by side, until one ends or somebody stops them; `welcome` once it answers."""
    python = [sys.executable, "-m", "comptoir"]
    processes = [
        subprocess.Popen([*python, "worker", "--name", "demo", "--quiet"], env=os.environ),
        subprocess.Popen([*python, "serve", "--port", str(port), "--quiet"], env=os.environ),
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by a service manager: as by Ctrl+C
    try:
        if _answers(port, processes[1]):
            welcome()
        processes[1].wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
