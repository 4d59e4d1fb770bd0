from base64 import b64decode

from documents_samples import BOARD, COLUMNS, HOSTILE, SIGNS, TWO_WAYS, Page, logo

from comptoir.analysis.documents import Document, Look, Paragraph, write


def test_the_words_of_the_table_are_those_of_the_document() -> None:
    page = Page(write(BOARD, "html"))
    assert page.cells[:4] == [list(items) for _, items in COLUMNS]
    assert page.cells[4:] == [["2024"], ["1 200 €"], ["2025"], []]
    assert page.texts["th"] == [*(label for label, _ in COLUMNS), "Année", "Montant"]
    assert page.texts["caption"] == ["Habitants", "Budget"]


def test_the_page_has_what_a_screen_reader_needs() -> None:
    page = Page(write(BOARD, "html"))
    assert page.attributes["html"] == [{"lang": "fr"}]
    assert page.texts["title"] == page.texts["h1"] == ["Les soirées du préau"]
    assert page.texts["h2"] == ["Habitants", "Avant de conclure"]
    assert page.texts["h3"] == ["1. Se mettre d'accord"]
    assert len(page.texts["main"]) == 1
    assert {th["scope"] for th in page.attributes["th"]} == {"col"}
    assert [image["alt"] for image in page.attributes["img"]] == ["Les Trois-Vallons"]
    assert all(div["aria-label"] and div["tabindex"] == "0" for div in page.attributes["div"])


def test_the_page_stands_alone() -> None:
    page = Page(write(BOARD, "html"))
    assert "script" not in page.attributes
    assert "link" not in page.attributes
    assert all((image["src"] or "").startswith("data:image/png;base64,") for image in page.attributes["img"])
    assert "url(" not in page.texts["style"][0]


def test_signs_of_html_are_shown_not_obeyed() -> None:
    page = Page(write(HOSTILE, "html"))
    assert page.cells[0] == list(SIGNS)
    assert page.cells[1] == ["abc", "deux\nlignes"]
    assert page.texts["title"] == ["#Titre *à* <pièges>"]
    assert "script" not in page.attributes
    assert "b" not in page.attributes


def test_a_logo_is_carried_byte_for_byte() -> None:
    page = Page(write(BOARD, "html"))
    source = page.attributes["img"][0]["src"] or ""
    assert b64decode(source.split(",")[1]) == logo()


def test_a_document_without_look_has_neither_letterhead_nor_foot() -> None:
    page = Page(write(Document("Titre", (Paragraph("Mot"),), look=Look()), "html"))
    assert "header" not in page.texts
    assert "footer" not in page.texts


def test_each_text_is_read_from_the_side_of_its_own_first_letter() -> None:
    page = Page(write(TWO_WAYS, "html"))
    for tag in ("p", "h1", "h2", "th", "li"):
        assert {element.get("dir") for element in page.attributes[tag]} == {"auto"}, tag


def test_the_foot_says_the_name_of_the_space_once() -> None:
    look = Look("Les Trois-Vallons", footer="Les Trois-Vallons · Contrat de ville")
    page = Page(write(Document("Titre", (), look=look), "html"))
    assert page.texts["footer"] == ["Les Trois-Vallons · Contrat de ville"]
