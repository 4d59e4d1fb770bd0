"""The content of the demonstration holds together, and borrows no sentence from the source document."""

import re
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rapidfuzz import fuzz

from comptoir.analysis.synthesis.model import ColumnKind, Subject
from comptoir.analysis.text import fold
from comptoir.demo import content
from comptoir.demo.content import COMPTOIRS_2026, PASTE_EXAMPLE, PEOPLE, SPACE, SYNTHESIS_2025, Speaker

NOTES = [note for comptoir in COMPTOIRS_2026 for note in comptoir.notes]
BY_KEY = {note.key: note for note in NOTES}
GROUPS = [group for comptoir in COMPTOIRS_2026 for group in comptoir.groups]
SOURCE = Path(__file__).resolve().parents[2].parent / "shared" / "seed" / "synthese-2024-engagements-quartiers-2030.txt"


def synthesis_items() -> dict[str, list[str]]:
    """Items of last year's synthesis by table, the « Qui ? » column apart under its own name."""
    found: dict[str, list[str]] = {}
    for block in SYNTHESIS_2025.split("## Comptoir : ")[1:]:
        title, *lines = [line for line in block.split("# Préparer")[0].splitlines() if line.strip()]
        header, *rows = [line.split("\t") for line in lines if not line.startswith("Le nombre")]
        for row in rows:
            for label, cell in zip(header, row, strict=False):
                if cell:
                    found.setdefault(label if label == "Qui ?" else title, []).append(cell)
    return found


def all_sentences() -> list[str]:
    """Everything said in the demonstration, without the marks of counts."""
    said = [note.text for note in NOTES] + [group.wording for group in GROUPS if group.wording]
    said += [comptoir.question for comptoir in COMPTOIRS_2026]
    said += [cell.rstrip(" *") for cell in re.split(r"[\t\n]", SYNTHESIS_2025 + PASTE_EXAMPLE)]
    return [re.sub(r"^(?:#+|-) (?:\d\. )?", "", text) for text in said if text.strip()]


def source_items() -> list[str]:
    text = SOURCE.read_text(encoding="utf-8")
    pieces = re.split(r"</?p>|\t|\n", text)
    return [re.sub(r"^(?:#+|-)\s*|[\s*]+$", "", piece).strip() for piece in pieces if len(piece.strip()) > 25]


def test_three_comptoirs_of_one_day_have_about_150_notes_and_each_subject_its_share() -> None:
    sizes = {comptoir.subject: len(comptoir.notes) for comptoir in COMPTOIRS_2026}
    assert set(sizes) == {Subject.RESIDENTS, Subject.ELECTED_OFFICIALS, Subject.SIGNATORIES}
    assert 75 <= sizes[Subject.RESIDENTS] <= 85
    assert 35 <= sizes[Subject.ELECTED_OFFICIALS] <= 45
    assert 30 <= sizes[Subject.SIGNATORIES] <= 40
    assert 140 <= sum(sizes.values()) <= 165
    assert {comptoir.held_on for comptoir in COMPTOIRS_2026} == {date(2026, 10, 6)}


def test_note_keys_and_words_are_unique() -> None:
    assert len(BY_KEY) == len(NOTES)
    assert not [text for text, times in Counter(fold(note.text) for note in NOTES).items() if times > 1]


def test_every_note_has_words_a_counted_column_with_a_label_and_a_tally_from_1_to_5() -> None:
    for comptoir in COMPTOIRS_2026:
        assert list(comptoir.labels) == [
            ColumnKind.INTEREST,
            ColumnKind.TRY,
            ColumnKind.PITFALL,
            ColumnKind.INVENTION,
        ]
        assert {note.column for note in comptoir.notes} == set(comptoir.labels)
        for note in comptoir.notes:
            assert note.text == note.text.strip()
            assert note.text
            assert 1 <= note.tally <= 5
    assert sum(note.tally == 1 for note in NOTES) > len(NOTES) * 0.6
    assert max(note.tally for note in NOTES) == 5


def test_each_table_has_one_kind_of_speaker_and_every_comptoir_hears_both() -> None:
    speakers: dict[str, set[Speaker]] = {}
    for note in NOTES:
        speakers.setdefault(note.table, set()).add(note.speaker)
    assert all(len(kinds) == 1 for kinds in speakers.values())
    for comptoir in COMPTOIRS_2026:
        assert {note.speaker for note in comptoir.notes} == set(Speaker)


def test_about_half_of_the_notes_are_grouped_and_none_twice() -> None:
    grouped = [key for group in GROUPS for key in group.keys]
    assert len(grouped) == len(set(grouped))
    assert 0.42 <= len(grouped) / len(NOTES) <= 0.58


def test_groups_and_pairs_apart_hold_existing_notes_of_one_comptoir_and_one_column() -> None:
    for comptoir in COMPTOIRS_2026:
        own = {note.key: note for note in comptoir.notes}
        for keys in [group.keys for group in comptoir.groups] + list(comptoir.apart):
            assert len(keys) >= 2
            assert set(keys) <= set(own), keys
            assert len({own[key].column for key in keys}) == 1, keys


def test_some_groups_are_reworded_in_words_of_their_own() -> None:
    reworded = [group for group in GROUPS if group.wording]
    assert len(GROUPS) * 0.4 <= len(reworded) <= len(GROUPS) * 0.7
    for group in reworded:
        assert group.wording.endswith(".")
        assert fold(group.wording) not in {fold(BY_KEY[key].text) for key in group.keys}


def test_pairs_apart_share_words_and_no_group_joins_them() -> None:
    together = {frozenset(pair) for group in GROUPS for pair in combinations(group.keys, 2)}
    pairs = [pair for comptoir in COMPTOIRS_2026 for pair in comptoir.apart]
    assert len(pairs) >= 6
    for first, second in pairs:
        assert frozenset((first, second)) not in together
        words = [set(re.findall(r"\w{4,}", fold(BY_KEY[key].text))) for key in (first, second)]
        assert words[0] & words[1], (first, second)


def test_notes_left_alone_still_hold_likenesses_to_find() -> None:
    grouped = {key for group in GROUPS for key in group.keys}
    apart = {frozenset(pair) for comptoir in COMPTOIRS_2026 for pair in comptoir.apart}
    found = 0
    for comptoir in COMPTOIRS_2026:
        alone = [note for note in comptoir.notes if note.key not in grouped]
        for first, second in combinations(alone, 2):
            if first.column is second.column and frozenset((first.key, second.key)) not in apart:
                found += fuzz.token_set_ratio(fold(first.text), fold(second.text)) >= 65
    assert found >= 6


def test_last_years_synthesis_has_45_lines_three_subjects_and_a_column_of_signatories() -> None:
    items = synthesis_items()
    assert {title: len(cells) for title, cells in items.items()} == {
        "Habitant·es": 18,
        "Élu·es": 12,
        "Signataires": 15,
        "Qui ?": 8,
    }
    counts = [max(1, len(cell) - len(cell.rstrip("*"))) for title in items if title != "Qui ?" for cell in items[title]]
    assert len(counts) == 45
    assert sum(counts) == 79
    assert not any("*" in cell for cell in items["Qui ?"])


def test_last_years_synthesis_ends_with_an_outline_of_three_headings() -> None:
    outline = SYNTHESIS_2025.split("# Préparer l'évaluation à mi-parcours")[1]
    points = [len(re.findall(r"^- ", part, re.M)) for part in re.split(r"^## \d\. ", outline, flags=re.M)[1:]]
    assert points == [4, 5, 3]


def test_the_paste_example_is_a_header_and_two_dozen_notes_with_four_cells_each() -> None:
    header, *rows = [line.split("\t") for line in PASTE_EXAMPLE.splitlines()]
    assert header == ["Colonne", "Parole", "Table", "Fois"]
    assert len(rows) == 24
    assert all(len(row) == 4 and row[3].isdigit() for row in rows)
    assert [row[0] for row in rows] == sorted(
        (row[0] for row in rows), key=list(dict.fromkeys(r[0] for r in rows)).index
    )


def test_there_is_one_account_per_role_with_an_address_that_can_never_receive_mail() -> None:
    assert sorted(person.role for person in PEOPLE) == [
        "council_member",
        "elected_official",
        "evaluator",
        "facilitator",
        "project_lead",
        "reader",
        "referent",
    ]
    organisations = {organisation.key for organisation in SPACE.organisations}
    for person in PEOPLE:
        assert re.fullmatch(r"[a-z-]+@comptoir\.example", person.email)
        assert person.organisation in organisations or (person.role == "council_member" and not person.organisation)
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    assert any("'" in person.name for person in PEOPLE)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [SPACE.colour, SPACE.accent])
def test_the_spaces_colours_carry_white_text(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_the_space_has_a_slug_a_known_time_zone_and_real_neighbourhood_codes() -> None:
    assert re.fullmatch(r"[a-z0-9-]+", SPACE.slug)
    assert ZoneInfo(SPACE.time_zone).key == "Europe/Paris"
    assert 4 <= len(SPACE.neighbourhoods) <= 6
    assert all(re.fullmatch(r"QN[0-9AB]{3}\d{2}[NMI]", place.code) for place in SPACE.neighbourhoods)
    assert len({organisation.key for organisation in SPACE.organisations}) == len(SPACE.organisations)


def test_the_sources_file_names_every_real_place() -> None:
    sources = (Path(content.__file__).parents[1] / "SOURCES.md").read_text(encoding="utf-8")
    for place in SPACE.neighbourhoods:
        assert place.name in sources
        assert place.town in sources


@pytest.mark.skipif(not SOURCE.exists(), reason="the source document is not beside this checkout (../shared)")
def test_no_sentence_comes_from_the_source_document() -> None:
    folded_source = [fold(item) for item in source_items()]
    assert len(folded_source) > 80
    borrowed = [
        (text, item)
        for text in all_sentences()
        for item in folded_source
        if len(item) > 25 and fuzz.ratio(fold(text), item) >= 85
    ]
    assert borrowed == []
