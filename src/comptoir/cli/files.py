"""What every command does with its files and the screen: read, check, write, say."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from comptoir.analysis.errors import InputError

PASTED = "entrée standard"
_MOST = 20 * 1024 * 1024


def say(line: str) -> None:
    """One line on stderr, whatever the text holds."""
    print(" ".join(line.split()), file=sys.stderr)


def read(source: str, most: int = _MOST) -> tuple[bytes, str]:
    """The bytes of a file, or of what is pasted, and the name to give them in messages; `most` bytes at most."""
    if source == "-":
        data = sys.stdin.buffer.read(most + 1)
        if len(data) > most > _MOST:
            raise InputError(f"ce texte dépasse {most // 1024 // 1024} Mo. Découpez-le.", source=PASTED)
        return data, PASTED
    with opened(source) as file, refusals(source):
        if Path(source).stat().st_size > most:
            raise InputError(f"ce fichier dépasse {most // 1024 // 1024} Mo. Découpez-le.", source=source)
        return file.read(), source


def opened(source: str) -> BinaryIO:
    """A file to read from, of any size. Raises InputError."""
    with refusals(source):
        return Path(source).open("rb")


@contextmanager
def refusals(source: str) -> Iterator[None]:
    """What the system refuses, in one sentence."""
    try:
        yield
    except FileNotFoundError:
        raise InputError("ce fichier n'existe pas. Vérifiez son nom et son dossier.", source=source) from None
    except IsADirectoryError:
        raise InputError("c'est un dossier. Donnez un fichier.", source=source) from None
    except PermissionError:
        raise InputError("ce fichier ne peut pas être lu : vous n'en avez pas le droit.", source=source) from None
    except (OSError, ValueError) as error:
        raise InputError(f"ce fichier ne peut pas être lu ({error}).", source=source) from None


def checked_output(source: str, output: str | None) -> str:
    """The suffix of the file to write, without its dot, once it is sure that it can be written there."""
    if not output:
        return ""
    path = Path(output)
    suffix = path.suffix.lower().removeprefix(".")
    if not suffix:
        raise InputError("ce nom n'a pas de suffixe : .csv, .odt, .pdf… dit le format à écrire.", source=output)
    if path.is_dir():
        raise InputError("c'est un dossier. Donnez le nom du fichier à écrire.", source=output)
    if not path.parent.is_dir():
        raise InputError(f"le dossier « {path.parent} » n'existe pas. Créez-le d'abord.", source=output)
    if source != "-" and path.exists() and Path(source).exists() and path.samefile(source):
        raise InputError("c'est le fichier lu : il n'est pas écrasé. Donnez un autre nom.", source=output)
    return suffix


def write(output: str, data: bytes) -> None:
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise InputError(f"ce fichier ne peut pas être écrit ({error.strerror}).", source=output) from None


def put(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Says on stderr what is being done and since when, past one second, then at 2, 4, 8… seconds."""
    done = threading.Event()

    def tell() -> None:
        waited = 0
        pause = 1
        while not done.wait(pause):
            waited += pause
            say(f"{what} : {waited} s…")
            pause = waited

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
