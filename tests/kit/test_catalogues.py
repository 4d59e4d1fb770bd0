"""Translations that are shipped: what is compiled is what is written, and nothing that a page shows is left out."""

import gettext
import io
import re
from pathlib import Path

import pytest
from django.utils import translation

from comptoir.commitments.enums import LABELS
from comptoir.kit.catalogues import catalogues, compiled, read_po, write_mo
from comptoir.kit.languages import LANGUAGES, USUAL
from comptoir.participation.enums import CHANGE, SCALE
from comptoir.voices.enums import AnswerKind

SOURCE = Path(__file__).parents[2] / "src" / "comptoir"
SURVEY = SOURCE / "participation"
PUBLIC = {  # the room of a catalogue: the templates and the code of its pages for residents
    "portal": (
        sorted((SOURCE / "portal" / "templates" / "portal" / "public").rglob("*.html")),
        sorted((SOURCE / "portal" / "public").glob("*.py")),
    ),
    "participation": (
        sorted((SURVEY / "templates" / "participation").rglob("*.html")), sorted(SURVEY.rglob("*.py")),
    ),
}  # fmt: skip
LABELLED = {
    "portal": {str(label) for label in AnswerKind.labels} | set(LABELS.values()),
    "participation": {*CHANGE, *SCALE},
}
SIMPLE = re.compile(r'{%\s*translate\s+"([^"]+)"')
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.S)
PLURAL = re.compile(r"{%\s*plural\s*%}")
CALLED = re.compile(r'\b_\(\s*"([^"]+)"')


def sentences(room: str) -> set[str]:
    """What the public pages of a room ask to have translated."""
    templates, code = PUBLIC[room]
    found = {words for path in code for words in CALLED.findall(path.read_text("utf-8"))}
    for path in templates:
        text = path.read_text("utf-8")
        found |= set(SIMPLE.findall(text))
        for block in BLOCK.findall(text):
            forms = [re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", form.strip()) for form in PLURAL.split(block)]
            found.add("\0".join(forms))
    return found | LABELLED[room]


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def test_what_is_compiled_says_what_is_written() -> None:
    found = sorted((room_of(path), path.parents[1].name) for path in catalogues())
    assert found == sorted((room, code) for room in PUBLIC for code in LANGUAGES if code != USUAL)
    for path in catalogues():
        assert path.with_suffix(".mo").read_bytes() == compiled(path), "run: comptoir manage catalogues"


def test_every_sentence_has_its_translation_and_no_other_is_kept() -> None:
    assert len(sentences("portal")) > 50
    for path in catalogues():
        wanted = sentences(room_of(path))
        messages = read_po(path.read_text("utf-8"))
        assert set(messages) - {""} == wanted
        assert [words for words, said in messages.items() if not said.strip("\0")] == []


def test_a_translation_keeps_what_is_put_into_the_sentence() -> None:
    for path in catalogues():
        for words, said in read_po(path.read_text("utf-8")).items():
            names = set(re.findall(r"%\(\w+\)s", words))
            for form in said.split("\0")[-1:] if words else ():
                assert set(re.findall(r"%\(\w+\)s", form)) == names, words


def test_a_catalogue_is_read_by_gettext_itself() -> None:
    text = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n>1;\n"
# une remarque
msgid "été"
msgstr ""
"summ"
"er"

msgid "un"
msgid_plural "%d"
msgstr[0] "one"
msgstr[1] "many"
msgid "\"cité\""
msgstr "quo\ted"
"""
    read = gettext.GNUTranslations(io.BytesIO(write_mo(read_po(text))))
    assert read.gettext("été") == "summer"
    assert (read.ngettext("un", "%d", 1), read.ngettext("un", "%d", 2)) == ("one", "many")
    assert read.gettext('"cité"') == "quo\ted"
    assert read.gettext("inconnu") == "inconnu"


@pytest.mark.parametrize("broken", ['msgid "a', "bonjour", 'msgid a\nmsgstr "b"'], ids=["open", "bare", "unquoted"])
def test_a_broken_file_is_refused_with_its_line(broken: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        read_po(broken)


def test_django_finds_the_catalogue_and_french_is_what_is_written() -> None:
    with translation.override("en"):
        assert translation.gettext("Mon quartier") == "My neighbourhood"
        assert translation.gettext("Cette enquête est finie") == "This survey is over"
        assert translation.ngettext("dit une fois", "dit %(n)s fois", 1) == "said once"
        assert translation.ngettext("dit une fois", "dit %(n)s fois", 2) == "said %(n)s times"
    with translation.override(USUAL):
        assert translation.gettext("Mon quartier") == "Mon quartier"
