"""The proof: a synthesis made by hand comes in whole, and goes out again in every format with its wording untouched.

On the source document when it is beside the checkout, and always on a document of the same form of our own.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Sum

from comptoir.accounts.models import Actor
from comptoir.analysis.synthesis import Synthesis, read_file
from comptoir.demo.content import SYNTHESIS_2025
from comptoir.voices.models import Statement, Verbatim
from comptoir.workshops.actions import leave_others, publish, validate
from comptoir.workshops.models import Import, Workshop
from comptoir.workshops.sheets import as_synthesis, draft, frozen, totals

SEED = Path(__file__).parents[3] / "shared" / "seed" / "synthese-2024-engagements-quartiers-2030.txt"
Bring = Callable[..., Import]


def tables(synthesis: Synthesis) -> list[object]:
    return [
        (b.title, b.subject, [(c.label, c.kind, [(i.text, i.occurrences) for i in c.items]) for c in b.columns])
        for b in synthesis.boards
    ]


def points(synthesis: Synthesis) -> list[object]:
    return [(s.title, s.points) for outline in synthesis.outlines for s in outline.sections]


def check(content: bytes, name: str, lead: Actor, bring: Bring) -> Workshop:
    """On the board, in the draft and in a published version: the tables that were read, word for word."""
    read = read_file(content, name)
    assert isinstance(read, Synthesis)
    workshop = bring(lead, content, name=name).workshop
    assert workshop is not None
    assert not Verbatim.objects.exists()
    frozen_version = validate(actor=lead, workshop=workshop)
    leave_others(actor=lead, version=frozen_version)
    version = publish(actor=lead, version=frozen_version)
    for sheets in (draft(workshop), frozen(version)):
        kept = as_synthesis(workshop.title, workshop.introduction, sheets)
        assert tables(kept) == tables(read)
        assert points(kept) == points(read)
        assert (kept.items, kept.occurrences) == (read.items, read.occurrences)
    return workshop


def test_the_source_document_comes_in_whole(lead: Actor, bring: Bring) -> None:
    if not SEED.exists():
        pytest.skip("the source document is not beside this checkout (../shared/seed)")
    workshop = check(SEED.read_bytes(), SEED.name, lead, bring)
    live = Statement.objects.live()
    counted = live.exclude(heading__kind__in=["who", "outline"])
    assert counted.count() == 103
    assert counted.aggregate(said=Sum("reported_occurrences")) == {"said": 135}
    assert live.filter(heading__kind="who").count() == 14
    outline = live.filter(heading__kind="outline")
    assert (outline.count(), outline.values("heading").distinct().count()) == (23, 5)
    assert sum(entry.occurrences for entry in totals(workshop)) == 135
    assert sum(entry.lines for entry in totals(workshop)) == 103 + 23


def test_a_document_of_the_same_form_comes_in_whole(lead: Actor, bring: Bring) -> None:
    workshop = check(SYNTHESIS_2025.encode(), "synthese.txt", lead, bring)
    assert len(totals(workshop)) == 4
    assert Statement.objects.live().filter(heading__kind="who").exists()
