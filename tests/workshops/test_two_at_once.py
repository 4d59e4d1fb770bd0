"""Two people at the same moment, on a database where connections really compete (docs/concepts/occurrences.md, 8)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from test_long_imports import rows
from workshop_samples import NOTES, lines_of

from comptoir.accounts.models import Actor
from comptoir.imports import actions as tables
from comptoir.imports.models import BatchRow
from comptoir.kit.errors import ComptoirError, Conflict
from comptoir.spaces.models import Job
from comptoir.voices import actions as voices
from comptoir.voices.models import Change, Resemblance, Statement, Verbatim, counts
from comptoir.workshops.actions import confirm_import, receive, validate, void_import
from comptoir.workshops.actions.imports import write_lines
from comptoir.workshops.calendar import CALENDAR
from comptoir.workshops.models import Import, SynthesisVersion, Workshop

Bring = Callable[..., Import]
AtOnce = Callable[..., list[Any]]
pytestmark = pytest.mark.usefixtures("database_on_disk")


@pytest.fixture
def people(database_on_disk: None, request: pytest.FixtureRequest) -> Actor:
    """Made once the database is on disk."""
    actor: Actor = request.getfixturevalue("lead")
    return actor


def unexpected(results: list[Any]) -> list[Any]:
    return [r for r in results if isinstance(r, BaseException) and not isinstance(r, ComptoirError)]


def assert_sound() -> None:
    """Every live line stands under a live line of its column, and counts are sums."""
    for line in Statement.objects.live().select_related("root"):
        assert (line.root.root_id, line.root.state, line.root.heading_id) == (line.root_id, "live", line.heading_id)
    found = counts(Statement.objects.roots().values("pk"))
    live = Verbatim.objects.filter(statement__state="live")
    assert sum(said for said, _ in found.values()) == sum(live.values_list("tally", flat=True))


@pytest.mark.parametrize("count", [12, 600])
def test_an_import_confirmed_in_two_tabs_at_once_is_done_once(count: int, people: Actor, at_once: AtOnce) -> None:
    source = receive(actor=people, content=rows(count).encode(), name="notes.csv", media_type="text/csv")
    confirm = lambda: confirm_import(actor=people, source=source, back_url="/")  # noqa: E731  # sent twice
    results = at_once(confirm, confirm, confirm)
    assert unexpected(results) == []
    assert Workshop.objects.count() == 1
    if count > 500:
        assert Job.objects.count() == 1
        write_lines(source.pk, None)
    assert Statement.objects.live().count() == count


def test_two_workers_on_one_import_write_each_line_once(people: Actor, bring: Bring, at_once: AtOnce) -> None:
    source = bring(people, rows(1_300), name="notes.csv")
    work = lambda: write_lines(source.pk, None)  # noqa: E731  # what each worker does
    assert unexpected(at_once(work, work)) == []
    assert source.workshop is not None
    found = lines_of(source.workshop)
    assert (len(found), len(set(found))) == (1_300, 1_300)


def test_two_gatherings_that_cross_leave_nobody_under_a_line_that_no_longer_stands(
    people: Actor, bring: Bring, at_once: AtOnce
) -> None:
    bring(people, rows(40), name="notes.csv")
    lines = list(Statement.objects.order_by("pk"))
    for n in range(0, 36, 4):
        a, a2, b, c = lines[n : n + 4]
        voices.gather(actor=people, kept=a, absorbed=a2)
        results = at_once(
            lambda a2=a2, b=b: voices.gather(actor=people, kept=a2, absorbed=b),
            lambda c=c, a=a: voices.gather(actor=people, kept=c, absorbed=a),
        )
        assert unexpected(results) == []
    assert_sound()
    assert set(counts(Statement.objects.roots().filter(root_id=F("id")).values("pk")).values()) >= {(1, 1)}


def test_everything_at_once_on_one_board_stays_sound(people: Actor, bring: Bring, at_once: AtOnce) -> None:
    workshop = bring(people, rows(30), name="notes.csv").workshop
    assert workshop is not None
    lines = list(Statement.objects.order_by("pk"))
    pitfalls = lines[1].heading
    voices.tally(actor=people, line=lines[0])

    def several(*acts: Callable[[], Any]) -> Callable[[], list[Any]]:
        def run() -> list[Any]:
            done: list[Any] = []
            for act in acts:
                try:
                    done.append(act())
                except ComptoirError as error:
                    done.append(str(error))
            return done

        return run

    results = at_once(
        several(*(lambda a=a, b=b: voices.gather(actor=people, kept=a, absorbed=b)
                  for a, b in zip(lines, lines[2:], strict=False))),
        several(*(lambda line=line: voices.move(actor=people, line=line, heading=pitfalls) for line in lines)),
        several(*(lambda line=line: voices.separate(actor=people, line=line) for line in lines)),
        several(*(lambda: voices.undo(actor=people, change=Change.objects.latest("id")) for _ in range(10)),
                lambda: validate(actor=people, workshop=workshop)),
        several(*(lambda line=line: voices.tally(actor=people, line=line) for line in lines)),
    )  # fmt: skip
    assert unexpected(results) == []
    assert_sound()
    version = SynthesisVersion.objects.get()
    for line in version.lines.all():
        assert (line.occurrences, line.gathered) == (
            sum(word.occurrences for word in line.words.all()), line.words.count(),
        )  # fmt: skip


def test_said_once_more_by_two_people_is_twice_more(people: Actor, bring: Bring, at_once: AtOnce) -> None:
    bring(people, "Colonne;Note\nEssai;Un banc\n", name="notes.csv")
    line = Statement.objects.get()
    once_more = lambda: voices.tally(actor=people, line=line)  # noqa: E731  # pressed in two tabs
    assert unexpected(at_once(once_more, once_more, once_more)) == []
    assert Verbatim.objects.get().tally == 4


def test_suggestions_asked_for_twice_at_once_are_written_once(people: Actor, bring: Bring, at_once: AtOnce) -> None:
    bring(people, NOTES + "Habitants;Essai à transformer;Café du mardi au pied de la tour;;1\n", name="notes.csv")
    heading = Statement.objects.order_by("pk")[0].heading
    again = lambda: voices.refresh_resemblances(heading)  # noqa: E731  # pressed in two tabs
    results = at_once(again, again)
    assert unexpected(results) == []
    assert Resemblance.objects.filter(heading=heading).count() == results[0] > 0


def test_an_import_undone_while_a_line_is_being_used_keeps_it_or_refuses_it(
    people: Actor, bring: Bring, at_once: AtOnce
) -> None:
    for _ in range(4):
        source = bring(people, "Colonne;Note\nEssai;Un banc\nEssai;Des bancs\n", name="notes.csv")
        a, b = Statement.objects.filter(imported__source=source).order_by("pk")
        voided, gathered = at_once(
            lambda source=source: void_import(actor=people, source=source),
            lambda a=a, b=b: voices.gather(actor=people, kept=a, absorbed=b),
        )
        assert unexpected([voided, gathered]) == []
        live = Statement.objects.filter(imported__source=source).live().count()
        assert (live, voided.withdrawn) in ({(0, 2)} if isinstance(gathered, Conflict) else {(2, 0)})
    assert_sound()


@pytest.mark.parametrize("count", [12, 600])
def test_a_table_confirmed_in_two_tabs_at_once_is_imported_once(count: int, people: Actor, at_once: AtOnce) -> None:
    text = "Titre\n" + "".join(f"Comptoir n° {n}\n" for n in range(count))
    batch = tables.receive(actor=people, kind=CALENDAR, content=text.encode(), name="calendrier.csv")
    seen = tables.plan_of(people, batch).digest
    confirm = lambda: tables.confirm(actor=people, batch=batch, seen=seen, back_url="/")  # noqa: E731  # sent twice
    assert unexpected(at_once(confirm, confirm, confirm)) == []
    if count > 500:
        assert Job.objects.count() == 1
        work = lambda: tables.run(batch.pk, None)  # noqa: E731  # what each worker does
        assert unexpected(at_once(work, work)) == []
    assert Workshop.objects.count() == BatchRow.objects.count() == count
