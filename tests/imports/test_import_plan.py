"""What an import would do, from what was read and what is there: created, changed, the same, refused and why."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.imports import parsers
from comptoir.imports.enums import Outcome
from comptoir.imports.kinds import Existing, Field, Kind, ReadRow, register
from comptoir.imports.plan import Plan, plan
from comptoir.imports.reading import guess, read_table, understood


def nothing(*_: Any) -> Any:
    raise AssertionError("a plan asks nothing of the database and writes nothing")


KIND = Kind(
    name="essai", title="Essai", unit=("ligne", "lignes"), rule=nothing, existing=nothing, create=nothing,
    change=nothing, remove=nothing, used=nothing, back_url=nothing,
    fields=(
        Field("name", "Nom", ("organisme", "structure"), required=True),
        Field("year", "Année", parse=parsers.whole, empty=None),
        Field("phone", "Téléphone", ("tél", "tel"), parse=parsers.phone),
        Field("code", "Code", only_key=True),
    ),
    keys=(("code",), ("name", "year")),
)  # fmt: skip
CSV = """\
Organismes du contrat;;;
Structure;Tel;ANNEE;Remarque
Régie;0612345678;2026;
École;06;2026;
=SUM(1);;2026;
"""


def there(number: int, **values: Any) -> Existing:
    full = {"code": f"c{number}", "name": "", "year": None, "phone": "", **values}
    return Existing(UUID(int=number), full["name"], full)


def planned(rows: list[dict[str, Any]], *existing: Existing) -> Plan:
    return plan(KIND, [ReadRow(line, dict(values)) for line, values in enumerate(rows, 2)], existing)


def outcomes(found: Plan) -> list[str]:
    return [row.outcome.value for row in found.rows]


def test_tells_what_is_new_from_what_changes_and_what_does_not() -> None:
    regie = there(1, name="Régie", year=2026, phone="06 12 34 56 78")
    found = planned(
        [
            {"name": "REGIE", "year": 2026, "phone": "01 02 03 04 05"},
            {"name": "École", "year": 2026},
            {"code": "c1", "phone": "01 02 03 04 05"},
        ],
        regie,
    )
    assert outcomes(found) == ["changed", "created", "refused"]
    assert [(d.label, d.before, d.after) for d in found.rows[0].differences] == [
        ("Nom", "Régie", "REGIE"),
        ("Téléphone", "06 12 34 56 78", "01 02 03 04 05"),
    ]
    assert "Même chose que la ligne 2" in found.rows[2].reasons[0].message
    assert dict(found.counts) == {"created": 1, "changed": 1, "same": 0, "refused": 1, "left": 0}


def test_an_empty_cell_changes_nothing() -> None:
    found = planned([{"name": "Régie", "year": 2026}], there(1, name="Régie", year=2026, phone="06 12 34 56 78"))
    assert outcomes(found) == ["same"]


def test_a_code_finds_a_thing_whose_name_has_changed() -> None:
    found = planned([{"code": "c1", "name": "Régie de l'Orée"}], there(1, name="Régie", year=2026))
    assert outcomes(found) == ["changed"]
    assert dict(found.rows[0].values) == {"name": "Régie de l'Orée"}


def test_refuses_what_nobody_could_decide() -> None:
    same = (there(1, name="Régie", year=2026), there(2, name="régie", year=2026))
    cases: list[tuple[dict[str, Any], tuple[Existing, ...], str]] = [
        ({"name": "Régie", "year": 2026}, same, "Plusieurs correspondent"),
        ({"code": "zzz", "name": "Régie"}, same, "N'existe pas dans cet espace"),
        ({"year": 2026}, (), "Cette case est vide"),
    ]
    for values, existing, said in cases:
        found = planned([values], *existing)
        assert outcomes(found) == ["refused"]
        assert said in found.rows[0].reasons[0].message


def test_what_may_not_be_changed_is_refused_only_where_it_would_change() -> None:
    locked = Existing(UUID(int=1), "Régie", {"code": "c1", "name": "Régie", "year": 2026, "phone": ""}, "Pas à vous.")
    same, changed = planned([{"code": "c1", "year": 2026}], locked), planned([{"code": "c1", "year": 2027}], locked)
    assert (outcomes(same), outcomes(changed)) == (["same"], ["refused"])
    assert changed.rows[0].reasons[0].message == "Pas à vous."


def test_lines_left_aside_write_nothing_and_are_counted() -> None:
    found = planned([{"name": "Régie"}, {"name": "École"}, {"year": 2026}])
    left = found.without([2, 4, 99])
    assert outcomes(left) == ["left", "created", "refused"], "a row that is refused stays so"
    assert [row.line for row in left.written] == [3]
    assert (left.counts["left"], left.digest == found.digest) == (1, False)


def test_a_cell_that_was_interpreted_says_how() -> None:
    told = Field(
        "year", "Année", parse=parsers.whole, told=lambda cell, value: f"compris : {value}" if " " in cell else ""
    )
    kind = replace(KIND, fields=(KIND.fields[0], told, *KIND.fields[2:]))
    table = read_table("Nom;Année\nRégie;2 026\nÉcole;2026\n".encode(), "a.csv", kind)
    rows = understood(table, kind, {"name": 0, "year": 1})
    assert [row.notes for row in rows] == [[("year", "compris : 2026")], []]
    assert [[note.message for note in row.notes] for row in plan(kind, rows, ()).rows] == [["compris : 2026"], []]


def test_a_row_with_a_fault_is_refused_with_its_line_and_column() -> None:
    table = read_table(CSV.encode(), "contacts.csv", KIND)
    assert (table.headers[:3], table.line) == (("Structure", "Tel", "ANNEE"), 2)
    mapping = guess(table, KIND, {})
    assert mapping == {"name": 0, "phone": 1, "year": 2}
    found = plan(KIND, understood(table, KIND, mapping), [])
    assert outcomes(found) == ["created", "refused", "created"]
    assert (found.rows[1].line, found.rows[1].reasons[0].column) == (4, "Téléphone")
    assert found.rows[2].label == "=SUM(1), 2026"


def test_what_a_space_has_understood_before_wins_over_the_names_of_columns() -> None:
    table = read_table(CSV.encode(), "contacts.csv", KIND)
    assert guess(table, KIND, {"remarque": "phone"}) == {"phone": 3, "name": 0, "year": 2}
    assert guess(table, KIND, {"tel": ""}) == {"name": 0, "year": 2}, "a column that was left aside stays so"
    assert guess(table, KIND, {"remarque": "gone"}).get("phone") == 1


def test_a_kind_whose_keys_are_no_fields_is_a_fault_of_ours() -> None:
    wrong = Kind(**{**{name: getattr(KIND, name) for name in KIND.__dataclass_fields__}, "keys": (("nom",),)})
    with pytest.raises(ValueError, match="not declared"):
        register(wrong)


NAMES = st.sampled_from(["Régie", "regie", "École", "Ville"])
ROWS = st.lists(st.fixed_dictionaries({"name": NAMES}, optional={"year": st.integers(2024, 2026)}), max_size=12)


@given(ROWS, ROWS)
def test_an_import_made_twice_changes_nothing_the_second_time(
    before: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    """docs/adr/0017: whatever is there, once the plan is carried out the same file has nothing new to say."""
    world = {n: there(n, **values) for n, values in enumerate(before, 1)}
    first = planned(rows, *world.values())
    for row in first.written:
        number = row.pk.int if row.pk else max(world, default=0) + 1
        old = dict(world[number].values) if number in world else {"code": f"c{number}", "year": None, "phone": ""}
        world[number] = Existing(UUID(int=number), "", {**old, **row.values})
    assert len(first.rows) == sum(first.counts.values()) == len(rows)
    done = {row.line for row in first.rows if row.outcome != Outcome.REFUSED}
    second = planned(rows, *world.values())
    assert {row.outcome for row in second.rows if row.line in done} <= {Outcome.SAME, Outcome.REFUSED}
