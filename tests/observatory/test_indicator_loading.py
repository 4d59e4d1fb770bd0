"""Published files into the instance: once, undone, right to the cell. docs/concepts/observatory.md."""

import csv
import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comptoir.accounts.actions import give_instance_role
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.models import Actor, Person
from comptoir.audit.models import Entry
from comptoir.demo.build_observatory import DATA
from comptoir.kit.errors import Conflict, InputError, Refused
from comptoir.observatory.actions import load_series, undo_batch
from comptoir.observatory.enums import Release, Said
from comptoir.observatory.loading import Loaded
from comptoir.observatory.models import Batch, Indicator, Place, Series, Supplier, Value

RAW = Path(__file__).parents[3] / "shared" / "data" / "qpv_2015_indicateurs"
pytestmark = pytest.mark.django_db
FILE = "CODGEO,LIBGEO,TP60,DISP_Q2,NOTE_FILO\nQP081006,Cantepau,66.8,11430,0\nQP081007,Veyrières Rayssac,,13280,1\n"


def load(text: str = FILE, name: str = "revn_2022.csv", person: Person | None = None) -> Loaded:
    return load_series(person=person, name=name, content=text.encode())


def value(code: str, place: str) -> Value:
    return Value.objects.get(series__indicator__code=code, place__code=place)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Supplier, Indicator, Place, Series, Value)}


def test_a_file_brings_its_indicators_suppliers_places_and_values() -> None:
    found = load()
    assert (found.new, found.same, found.faults, found.already) == (4, 0, [], False)
    assert counts() == {"Supplier": 1, "Indicator": 2, "Place": 2, "Series": 2, "Value": 4}
    poverty = Indicator.objects.get(code="revn.TP60")
    assert (poverty.kind, poverty.unit, poverty.direction, poverty.summable) == ("ratio", "%", "down", False)
    assert (poverty.supplier.threshold, poverty.supplier.protected_at_source) == (11, True)
    assert value("revn.TP60", "QP081006").released == 66.8
    hidden = value("revn.TP60", "QP081007")
    assert (hidden.released, hidden.mark, hidden.release) == (None, Said.NOT_AVAILABLE, Release.NOTHING)
    assert str(value("revn.TP60", "QP081006").series) == "2019 (publié en 2022)"
    assert Entry.objects.get(action="observatory.load_series").details == {"values": 4, "refused": 0}


def test_the_same_file_again_changes_nothing() -> None:
    load()
    before = counts()
    again = load()
    assert (again.already, again.new, counts()) == (True, 0, before)
    assert Batch.objects.count() == 1


def test_another_file_of_the_same_year_keeps_what_is_there_and_refuses_what_differs() -> None:
    load()
    other = load(FILE.replace("66.8", "60.1").replace("11430", "11430") + "QP081008,Lapanouse,61.3,11830,0\n")
    assert (other.new, other.same) == (2, 3)
    assert other.faults == [
        "QP081006, revn.TP60, 2019 (publié en 2022) : une autre valeur est déjà chargée ; annulez d'abord le lot qui "
        "l'a apportée."
    ]
    assert value("revn.TP60", "QP081006").released == 66.8


def test_undoing_takes_out_what_a_file_brought_and_nothing_else() -> None:
    first = load()
    load("CODGEO,TP60\nQP081009,40.4\n")
    assert first.batch is not None
    assert undo_batch(person=None, batch=first.batch) == 4
    assert list(Value.objects.values_list("place__code", flat=True)) == ["QP081009"]
    assert list(Series.objects.values_list("indicator__code", flat=True)) == ["revn.TP60"]
    with pytest.raises(Conflict):
        undo_batch(person=None, batch=first.batch)
    assert load().new == 4, "what was undone can be loaded again"


def test_only_the_host_loads_and_undoes(lead: Actor) -> None:
    person = Person.objects.get(pk=lead.person_id)
    with pytest.raises(Refused):
        load(person=person)
    give_instance_role(person=person, kind=InstanceRoleKind.HOST)
    found = load(person=person)
    assert found.batch is not None
    assert Entry.objects.get(action="observatory.load_series").actor_id == person.pk


def test_a_file_that_cannot_be_read_writes_nothing() -> None:
    with pytest.raises(InputError):
        load("nom,valeur\nx,1\n")
    assert counts() == {"Supplier": 0, "Indicator": 0, "Place": 0, "Series": 0, "Value": 0}


def test_the_command_says_what_it_did_and_what_it_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "revn_2022.csv").write_text(FILE + "QP081006,deux fois,1,2,0\nABC,,1,2,0\n", "utf-8")
    (tmp_path / "dictionnaire.csv").write_text("theme,colonne\n", "utf-8")
    call_command("indicators", str(tmp_path))
    out = capsys.readouterr()
    assert "revn_2022.csv : 4 valeurs, 2 refus." in out.out
    assert "ligne 4 : même territoire que la ligne 2" in out.err
    assert "ligne 5 : « ABC » n'est pas un code de territoire connu." in out.err
    call_command("indicators", str(tmp_path))
    assert "déjà chargé" in capsys.readouterr().out
    call_command("indicators", "--annuler", "revn_2022.csv")
    assert "4 valeurs retirées" in capsys.readouterr().out
    assert not Value.objects.exists()


def test_the_command_refuses_without_a_trace(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="au moins un fichier"):
        call_command("indicators")
    with pytest.raises(CommandError, match="rien\\.csv"):
        call_command("indicators", str(tmp_path / "rien.csv"))
    (tmp_path / "faux.csv").write_text("nom\nx\n", "utf-8")
    with pytest.raises(CommandError, match="1 fichier"):
        call_command("indicators", str(tmp_path / "faux.csv"))
    with pytest.raises(CommandError, match="Aucun chargement"):
        call_command("indicators", "--annuler", "rien.csv")


def check(folder: Path, sample: int) -> int:
    """Values taken at random in raw files are those that were loaded. How many were compared."""
    chance = random.Random(20)
    compared = 0
    for path in sorted(folder.glob("*_20*.csv")):
        if "filosofi" in path.name:
            continue
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        columns = [name for name in rows[0] if Indicator.objects.filter(code=f"{path.name[:4]}.{name}").exists()]
        for row in chance.sample(rows, min(sample, len(rows))):
            column = chance.choice(columns)
            found = Value.objects.get(
                series__indicator__code=f"{path.name[:4]}.{column}", series__published=int(path.stem[-4:]),
                place__code="ENSEMBLE" if row["CODGEO"] == "Ensemble" else row["CODGEO"],
            )  # fmt: skip
            expected = float(row[column]) if row[column] else None
            assert found.value == expected, (path.name, row["CODGEO"], column)
            if found.released is None:
                assert expected is None or found.release in (Release.SMALL, Release.PROTECTS), (path.name, column)
            else:
                assert found.released == expected
            compared += 1
    return compared


def test_the_files_of_the_demonstration_load_right_to_the_cell() -> None:
    for path in sorted(DATA.iterdir()):
        found = load_series(person=None, name=path.name, content=path.read_bytes())
        assert not found.faults, path.name
    assert check(DATA, 6) > 90
    france = Value.objects.get(series__indicator__code="revn.DISP_Q2", place__kind="france")
    assert (france.released, france.series.reference) == (21930, 2019)


@pytest.mark.slow
@pytest.mark.skipif(not RAW.is_dir(), reason="the shared folder of raw files is not on this machine")
def test_all_series_of_insee_load_right_to_the_cell() -> None:
    call_command("indicators", str(RAW), verbosity=0)
    assert Batch.objects.count() == 16
    assert Value.objects.count() > 550_000
    assert check(RAW, 25) == 400
    small = Value.objects.filter(release=Release.SHOWN, series__indicator__summable=True, released__gt=0)
    assert not small.filter(released__lt=5).exists(), "no count under the threshold of its source"
