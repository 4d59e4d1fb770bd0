"""Commitments read in a contract (docs/concepts/extraction.md, « Engagements »): found, missed, and why."""

import subprocess
from decimal import Decimal

import pytest
from extraction_samples import GOLD, LIST, OTHER_TABLE, PLACES, ROWS, SIGNATORIES, contract

from comptoir.analysis.documents import Document, Paragraph, write
from comptoir.analysis.errors import InputError
from comptoir.analysis.extraction import isolated_pdf, reading
from comptoir.analysis.extraction.commits import Found, Named, commitments_in, sentences
from comptoir.analysis.extraction.reading import Passage, Place, read_passages
from comptoir.analysis.text import fold


def found_in(*texts: str) -> list[Found]:
    passages = [Passage(text, Place(number)) for number, text in enumerate(texts, 1)]
    return commitments_in(passages, SIGNATORIES, PLACES)


def test_measured_on_the_gold_set() -> None:
    """The figures of the concept page: precision and recall over the paragraphs marked by hand."""
    right = wrong = missed = 0
    for text, wanted in GOLD:
        found = found_in(text)
        hits = [(who, words) for who, words in wanted if any(_same(one, who, words) for one in found)]
        right += len(hits)
        missed += len(wanted) - len(hits)
        wrong += max(0, len(found) - len(hits))
    assert (right, wrong, missed) == (9, 0, 1), "docs/concepts/extraction.md gives these figures"


def _same(one: Found, who: str, words: str) -> bool:
    return one.signatory == who and fold(words) in fold(one.wording)


@pytest.mark.parametrize("suffix", ["docx", "odt", "pdf", "md"])
def test_the_same_commitments_whatever_the_format(suffix: str) -> None:
    passages = read_passages(write(contract(), suffix), f"contrat.{suffix}")
    found = commitments_in(passages, SIGNATORIES, PLACES)
    wordings = [fold(one.wording) for one in found]
    for text, wanted in GOLD[:-2]:
        assert all(any(fold(words) in one for one in wordings) for who, words in wanted if who), text
    listed = [one for one in found if any(fold(item.rstrip(" ;.")) == fold(one.wording) for item in LIST)]
    assert [one.signatory for one in listed] == ["Ville de Val-Clair"] * 3
    assert listed[1].amounts[0].value == Decimal("1.5")
    if suffix in {"docx", "odt"}:  # a PDF keeps no table, and Markdown is read as a text
        rows = [one for one in found if one.place.table]
        assert [(one.signatory, one.wording) for one in rows] == [row[:2] for row in ROWS]
        assert [str(one.due and one.due.day) for one in rows] == ["2027-06-30", "2027-12-31"]
        assert [one.place.line for one in rows] == [2, 3]
        assert not any(value in one.sentence for one in found for _, value in OTHER_TABLE)


def test_a_proposal_tells_why_and_where() -> None:
    (one,) = found_in("La Ville s'engage à ouvrir un local à La Verrière avant juin 2027, pour 12 k€ et un mi-temps.")
    assert (one.signatory, one.wording[:15], str(one.place)) == (
        "Ville de Val-Clair", "Ouvrir un local", "paragraphe 1",
    )  # fmt: skip
    assert (one.neighbourhoods, str(one.due and one.due.day), one.level) == (("La Verrière",), "2027-05-31", "cofund")
    assert [(str(a.value), a.unit.value) for a in one.amounts] == [("12000", "euro"), ("0.5", "fte")]
    assert one.reasons == (
        "Le texte dit « s'engage à ».", "« Ville de Val-Clair » est signataire.",
        "« juin 2027 » est compris comme le 31/05/2027.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "La Ville ne s'engage pas à ouvrir un local.",
        "La CAF pourrait financer un poste.",
        "La Ville s'était engagée à ouvrir un local.",
        "Qui financera ce poste ?",
        "Le bailleur a rénové 120 logements.",
        "La ville de demain sera verte.",
        "Le diagnostic précise que la CAF, dont les agents connaissent bien les familles, les quartiers et leurs "
        "associations depuis longtemps déjà, et le comité réunira des habitants.",
    ],
)
def test_what_commits_nobody_is_left_alone(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Le bailleur s'engage à afficher le nom du gardien.", "Afficher le nom du gardien."),
        ("La CAF prend l'engagement d'ouvrir un accueil.", "Ouvrir un accueil."),
        ("La Ville s'engage, avec le CCAS, à désigner un contact.", "Désigner un contact."),
    ],
)
def test_the_wording_begins_with_its_verb(text: str, wording: str) -> None:
    assert [one.wording for one in found_in(text)] == [wording]


def test_all_the_signatories_together_are_to_be_shared_out() -> None:
    (one,) = found_in("Chaque signataire s'engage à désigner un contact.")
    assert (one.signatory, one.everyone) == ("", True)
    assert "Tous les signataires sont nommés : à répartir." in one.reasons


def test_without_names_what_is_said_in_full_is_found_with_its_subject() -> None:
    passage = Passage("Dans ce cadre, la mission locale s'engage à recevoir cent jeunes.", Place(1))
    (one,) = commitments_in([passage])
    assert (one.signatory, one.subject, one.wording) == ("", "la mission locale", "Recevoir cent jeunes.")


def test_a_longer_name_wins_over_a_shorter_one() -> None:
    names = [Named("Ville", ()), Named("Ville de Bel-Air", ())]
    (one,) = commitments_in([Passage("La Ville de Bel-Air ouvrira un local.", Place(1))], names)
    assert one.signatory == "Ville de Bel-Air"


def test_the_order_of_names_changes_nothing() -> None:
    passages = [Passage(text, Place(number)) for number, (text, _) in enumerate(GOLD, 1)]
    assert commitments_in(passages, SIGNATORIES) == commitments_in(passages, tuple(reversed(SIGNATORIES)))


def test_sentences_are_not_cut_at_an_abbreviation() -> None:
    assert sentences("La CAF (cf. Annexe 2) aide. Elle paie ; Le reste attend.") == [
        "La CAF (cf. Annexe 2) aide.", "Elle paie ;", "Le reste attend.",
    ]  # fmt: skip


def test_a_pdf_gives_pages_and_drops_what_repeats_on_each() -> None:
    long = tuple(Paragraph(f"La Ville ouvrira le local numéro {n} du quartier. " * 3) for n in range(120))
    passages = read_passages(write(Document("Un contrat long", long), "pdf"), "long.pdf")
    pages = {passage.place.page for passage in passages}
    assert len(pages) >= 3
    assert sum("Un contrat long" in passage.text for passage in passages) <= 1
    found = commitments_in(passages, SIGNATORIES)
    assert {one.place.page for one in found} == pages
    assert str(found[-1].place).startswith(f"page {max(filter(None, pages))}, paragraphe ")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.4 casse", "abîmé"),
        ("a.xlsx", b"", "vide"),
        ("a.docx", b"PK\x03\x04zzzz", "abîmé"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "ancien document Word"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_one_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_passages(data, name)
    assert str(refused.value).startswith(f"{name} : ")


def test_a_scan_says_that_it_holds_no_text(tmp_path: object) -> None:
    from io import BytesIO

    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    with pytest.raises(InputError, match="sans doute un scan"):
        read_passages(out.getvalue(), "scan.pdf")


def test_a_pdf_with_a_password_says_so() -> None:
    from io import BytesIO

    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    assert isolated_pdf.read(out.getvalue()) == {"error": "password"}


def test_a_pdf_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("lire", 1)

    monkeypatch.setattr(reading.subprocess, "run", slow)
    with pytest.raises(InputError, match="trop long à lire"):
        read_passages(b"%PDF-1.7", "lent.pdf")
