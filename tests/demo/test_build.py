"""The demonstration is built by the same actions as a person would use, once, and says what its content says."""

import pytest

from comptoir.accounts.demo_accounts import PASSWORD
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Membership, Person
from comptoir.analysis.synthesis import Synthesis, read_text
from comptoir.audit.models import Entry
from comptoir.demo.build import build, draw_logo
from comptoir.demo.build_workshops import MASKED
from comptoir.demo.build_workshops import NOTES as SPRING
from comptoir.demo.content import COMPTOIRS_2026, PEOPLE, SPACE, SYNTHESIS_2025
from comptoir.spaces.files import logo_png
from comptoir.spaces.models import Space
from comptoir.voices.models import Change, Resemblance, Statement, Verbatim, Verdict, counts
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Import, Mask, SynthesisVersion, Workshop
from comptoir.workshops.sheets import as_synthesis, frozen


@pytest.mark.django_db
def test_the_demonstration_says_what_its_content_says() -> None:
    space = build()
    assert (space.slug, space.name, space.time_zone) == (SPACE.slug, SPACE.name, SPACE.time_zone)
    assert space.logo is not None
    assert sorted(Membership.objects.values_list("role", flat=True)) == sorted(p.role for p in PEOPLE)
    assert {Role(role) for role in Membership.objects.values_list("role", flat=True)} == set(Role)
    assert all(person.check_password(PASSWORD) for person in Person.objects.all())

    last_year = SynthesisVersion.objects.get(published_at__year=2025)
    read = read_text(SYNTHESIS_2025)
    assert isinstance(read, Synthesis)
    kept = as_synthesis(last_year.title, last_year.introduction, frozen(last_year))
    assert (kept.items, kept.occurrences) == (read.items, read.occurrences)
    assert [b.title for b in kept.boards] == [b.title for b in read.boards]
    assert (last_year.state, last_year.published_at and last_year.published_at.year) == ("published", 2025)
    assert Import.objects.get().state == ImportState.DONE

    notes = [note for comptoir in COMPTOIRS_2026 for note in comptoir.notes]
    expected = [*((n.text, n.tally) for n in notes), *((words, tally) for _, tally, words in SPRING)]
    assert sorted(Verbatim.objects.values_list("words", "tally")) == sorted(expected)
    this_year = Workshop.objects.get(title__startswith="Comptoirs d'automne")
    masks = list(Mask.objects.exclude(text="").values_list("statement__verbatim__words", flat=True))
    assert masks == [MASKED]
    roots = Statement.objects.roots().filter(heading__occasion__comptoir__workshop=this_year)
    found = counts(roots.values("pk"))
    assert sum(said for said, _ in found.values()) == sum(c.occurrences for c in COMPTOIRS_2026)
    groups = sorted(len(g.keys) for c in COMPTOIRS_2026 for g in c.groups)
    assert sorted(lines for _, lines in found.values() if lines > 1) == groups
    assert Verdict.objects.count() == sum(len(c.apart) for c in COMPTOIRS_2026)
    assert Resemblance.objects.exists()
    assert Change.objects.filter(undone_at=None).count() == Change.objects.count()


@pytest.mark.django_db
def test_building_again_changes_nothing() -> None:
    first = build()
    before = (Entry.objects.count(), Statement.objects.count(), Person.objects.count())
    assert build() == first
    assert (Entry.objects.count(), Statement.objects.count(), Person.objects.count()) == before
    assert Space.objects.count() == 1


@pytest.mark.django_db
def test_a_demonstration_that_breaks_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Exception):
        pass

    def breaks(*args: object) -> None:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr("comptoir.demo.build._this_year", breaks)
        with pytest.raises(Broken):
            build()
    assert not Space.objects.exists()
    assert not Person.objects.exists()
    assert build().slug == SPACE.slug


def test_the_logo_is_always_the_same_picture_and_is_taken_as_one() -> None:
    assert draw_logo() == draw_logo()
    assert logo_png(draw_logo()).startswith(b"\x89PNG")
