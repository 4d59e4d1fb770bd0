import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents_samples import BOARD, EMPTY, HOSTILE, large, logo

from comptoir.analysis.documents import FORMATS, Document, Heading, Logo, Look, Table, write
from comptoir.analysis.documents.model import Cell
from comptoir.analysis.errors import InputError

STARTS = {"pdf": b"%PDF-", "html": b"<!doctype html>", "md": b"# ", "csv": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("document", [BOARD, EMPTY, HOSTILE], ids=["board", "empty", "hostile"])
def test_every_format_writes_what_it_says_and_twice_the_same_bytes(document: Document, suffix: str) -> None:
    content = write(document, suffix)
    assert content.startswith(STARTS.get(suffix, b"PK\x03\x04"))
    assert content == write(document, suffix)


def test_another_process_writes_the_same_bytes() -> None:
    program = (
        "import hashlib; from documents_samples import BOARD; from comptoir.analysis.documents import FORMATS, write\n"
        "for suffix in FORMATS: print(suffix, hashlib.sha256(write(BOARD, suffix)).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    here = [f"{suffix} {hashlib.sha256(write(BOARD, suffix)).hexdigest()}" for suffix in FORMATS]
    assert done.stdout.splitlines() == here


@pytest.mark.parametrize("suffix", FORMATS)
def test_ten_thousand_items_are_written(suffix: str) -> None:
    assert len(write(large(10_000), suffix)) > 20_000


@pytest.mark.parametrize(("suffix", "same"), [("PDF", "pdf"), (".md", "md")])
def test_the_suffix_is_read_as_people_write_it(suffix: str, same: str) -> None:
    assert write(BOARD, suffix) == write(BOARD, same)


def test_an_unknown_format_is_refused_with_the_list_of_those_that_exist() -> None:
    with pytest.raises(InputError, match="« doc » n'existe pas") as refused:
        write(BOARD, "doc")
    assert all(suffix in str(refused.value) for suffix in FORMATS)


def test_each_format_says_its_name_and_type() -> None:
    assert all(suffix == f.suffix and f.label and "/" in f.media_type for suffix, f in FORMATS.items())


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (Look(colour="bleu"), "couleur « bleu »"),
        (Look(logos=(Logo(b"GIF89a", "Mairie"),)), "logo « Mairie »"),
        (Look(logos=(Logo(logo()[:60], "Coupé"),)), "logo « Coupé »"),
    ],
)
def test_a_look_that_cannot_be_used_is_refused_in_one_sentence(look: Look, said: str) -> None:
    with pytest.raises(InputError, match=said):
        write(Document("Titre", (), look=look), "html")


def test_a_row_of_another_width_than_the_header_is_a_fault_of_the_builder() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 columns"):
        write(Document("Titre", (Table("T", ("a",), ((Cell(), Cell()),)),)), "md")


def test_no_heading_is_empty_and_no_level_is_skipped() -> None:
    headings = (Heading(4, "Un"), Heading(9, "Deux"), Heading(2, " "), Heading(1, "Trois"))
    page = write(Document("Titre", headings), "html").decode()
    assert re.findall("<(h[2-6])[^>]*>(.*?)<", page) == [("h2", "Un"), ("h3", "Deux"), ("h2", "Trois")]
