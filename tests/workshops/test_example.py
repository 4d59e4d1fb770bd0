"""The text that « Essayer avec un exemple » offers shows what the tool does."""

from comptoir.analysis.grouping import DomainGrouping, Text
from comptoir.analysis.synthesis import read_text
from comptoir.analysis.synthesis.model import Notes
from comptoir.workshops.example import EXAMPLE


def test_the_example_is_read_as_notes_in_columns_and_has_pairs_to_look_at() -> None:
    reading = read_text(EXAMPLE)
    assert isinstance(reading, Notes)
    assert len({note.column for note in reading.notes}) == 4
    texts = [Text(str(rank), note.text, within=(note.column,)) for rank, note in enumerate(reading.notes)]
    assert len(DomainGrouping().suggest(texts)) == 3
