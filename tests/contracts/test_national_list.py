"""The national list of contracts: read as published, loaded once, a space for each partnership."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from comptoir.analysis.errors import InputError
from comptoir.analysis.national_contracts import read_contracts
from comptoir.contracts.actions.national import load_contracts
from comptoir.contracts.models import CityContract, ContractNeighbourhood
from comptoir.spaces.models import Space
from comptoir.territories.models import PriorityNeighbourhood

SHARED = Path(__file__).parents[3] / "shared" / "data" / "contrats_de_ville"
HEAD = "code_cv,generation,lib_cv,type_perimetre,codgeo,lib_geo,insee_dep,insee_reg,codes_qp_2024\n"
LINES = (
    HEAD
    + "CN08101M,2024,81 - Rives d'Autan,epci,200000001,Rives d'Autan,81,76,QN08106M;QN08107M\n"
    + "CN98701M,2024,987 - Papeete,commune,98735,Papeete,987,987,QN98701M\n"
    + "CN98701M,2024,987 - Arue,commune,98712,Arue,987,987,QN98701M;QN98702M\n"
    + "CN97401M,2024,974 - Saint-Louis,commune,97414,Saint-Louis,974,04,\n"
    + "CV386,2015,974 - Saint-Louis,commune,97414,Saint-Louis,974,04,\n"
)


def read(text: str = LINES) -> Any:
    return read_contracts(text.encode(), "contrats.csv")


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout")
    return path


def test_lines_of_one_code_are_one_contract() -> None:
    contracts = {one.code: one for one in read()}
    assert list(contracts) == ["CN08101M", "CN98701M", "CN97401M", "CV386"]
    papeete = contracts["CN98701M"]
    assert papeete.name == "Papeete et Arue"
    assert papeete.neighbourhoods == ["QN98701M", "QN98702M"]
    assert papeete.perimeter == {"98735", "98712"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "contrats.csv : ce fichier est vide"),
        ("siren,nom\n1,A\n", "ligne 1 : il manque la colonne « code_cv »"),
        (HEAD + "XX1,2024,,epci,2,A,81,76,\n", "ligne 2 : « XX1 » n'est pas un code de contrat"),
        (HEAD + "CN08101M,1999,,epci,2,A,81,76,\n", "ligne 2, colonne generation : la génération est 2015 ou 2024"),
        (HEAD + "CN08101M,2024,,pays,2,A,81,76,\n", "ligne 2 : le périmètre doit dire sa nature"),
    ],
)
def test_what_is_not_the_list_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=r".") as refused:
        read(text)
    assert sentence in str(refused.value)


def test_each_partnership_gets_its_space_and_contracts_succeed_each_other(db: None) -> None:
    loaded = load_contracts(read())
    assert (loaded.opened, loaded.spaces, loaded.known) == (4, 3, 0)
    assert loaded.waiting == {"QN08106M", "QN08107M", "QN98701M", "QN98702M"}
    by_code = {contract.published_code: contract for contract in CityContract.objects.select_related("space")}
    assert by_code["CV386"].space == by_code["CN97401M"].space
    assert by_code["CN97401M"].predecessor == by_code["CV386"]
    assert by_code["CN98701M"].space.time_zone == "Pacific/Tahiti"
    assert by_code["CN08101M"].space.slug == "rives-dautan"
    assert CityContract.objects.of(by_code["CV386"].space)[0] == by_code["CN97401M"]


def test_a_second_load_changes_nothing_and_keeps_what_the_team_wrote(db: None) -> None:
    load_contracts(read())
    contract = CityContract.objects.get(published_code="CN08101M")
    contract.name = "Quartiers 2030"
    contract.save()
    ContractNeighbourhood.objects.create(contract=contract, code="QN08199N")
    before = (CityContract.objects.count(), Space.objects.count(), ContractNeighbourhood.objects.count())
    loaded = load_contracts(read())
    assert (loaded.opened, loaded.known) == (0, 4)
    assert before == (CityContract.objects.count(), Space.objects.count(), ContractNeighbourhood.objects.count())
    contract.refresh_from_db()
    assert contract.name == "Quartiers 2030"


def test_codes_are_linked_when_their_neighbourhood_comes(db: None) -> None:
    load_contracts(read())
    cantepau = PriorityNeighbourhood.objects.create(code="QN08106M", generation=2024, name="Cantepau")
    contract = CityContract.objects.get(published_code="CN08101M")
    assert list(contract.neighbourhoods.all()) == []
    loaded = load_contracts(read())
    assert loaded.linked == 1
    assert loaded.waiting == {"QN08107M", "QN98701M", "QN98702M"}
    assert list(contract.neighbourhoods.all()) == [cantepau]


def test_two_partnerships_of_one_name_have_two_addresses(db: None) -> None:
    load_contracts(
        read(HEAD + "CN01001M,2024,,epci,1,Val de Rive,01,84,\nCN02001M,2024,,epci,2,Val de Rive,02,32,\n"
             "CN02002M,2024,,epci,3,Val de Rive,02,32,\nCN02003M,2024,,epci,4,Aide,02,32,\n")
    )  # fmt: skip
    slugs = set(Space.objects.values_list("slug", flat=True))
    assert slugs == {"val-de-rive", "val-de-rive-02", "val-de-rive-cn02002m", "aide-02"}


def test_the_published_files_load_whole_and_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    path = shared("contrats_2024.csv")
    contracts = read_contracts(path.read_bytes(), path.name)
    assert len(contracts) == 315
    call_command("load_contracts", str(path))
    assert CityContract.objects.count() == 315
    assert CityContract.objects.filter(published_code__startswith="CV").count() == 51
    assert not CityContract.objects.filter(areas=None).exists()
    expected = {one.code: sorted(set(one.neighbourhoods)) for one in contracts}
    held: dict[str, list[str]] = {code: [] for code in expected}
    for code, one in ContractNeighbourhood.objects.order_by("code").values_list("contract__published_code", "code"):
        held[code].append(one)
    assert held == expected
    spaces = Space.objects.count()
    call_command("load_contracts", str(path))
    assert (CityContract.objects.count(), Space.objects.count()) == (315, spaces)
    first, second = capsys.readouterr().out.split("0\u00a0contrat ouvert")
    assert "invitez leur conduite de projet" in first
    assert "315\u00a0contrats déjà là" in second
    assert "invitez leur conduite de projet" not in second


def by_space() -> set[frozenset[str]]:
    """Which contracts are together."""
    found: dict[Any, set[str]] = {}
    for space, code in CityContract.objects.order_by().values_list("space", "published_code"):
        found.setdefault(space, set()).add(code)
    return {frozenset(codes) for codes in found.values()}


def test_a_space_has_one_contract_of_each_generation_whichever_file_comes_first(db: None) -> None:
    """Two departments of one EPCI, a new contract beside the one that goes on: ADR 18."""
    old = read(HEAD + "CV001,2015,,epci,1,Val de Rive,91,11,\nCV002,2015,,commune,92007,Bourg,92,11,\n")
    new = read(
        HEAD + "CN07702M,2024,,epci,1,Val de Rive,77,11,QN07701M\nCN09103M,2024,,epci,1,Val de Rive,91,11,QN1;QN2\n"
        "CN09202N,2024,,commune,92007,Bourg,92,11,QN3;QN4\nCN09203M,2024,,commune,92007,Bourg,92,11,QN3\n"
    )  # fmt: skip
    together = {
        frozenset(codes) for codes in ({"CV001", "CN09103M"}, {"CN07702M"}, {"CV002", "CN09203M"}, {"CN09202N"})
    }
    with transaction.atomic():
        load_contracts(old), load_contracts(new)
        assert by_space() == together
        transaction.set_rollback(True)
    load_contracts(new), load_contracts(old)
    assert by_space() == together
    heirs = CityContract.objects.exclude(predecessor=None).order_by("published_code")
    assert [(one.published_code, one.predecessor.published_code) for one in heirs] == [
        ("CN09103M", "CV001"), ("CN09203M", "CV002"),
    ]  # fmt: skip


def test_every_published_contract_has_its_space_with_its_neighbourhoods(db: None) -> None:
    """The proof on real matter. 315 contracts: 38 of 2024 succeed a contract of 2015 that the same file still lists."""
    new = read_contracts(shared("contrats_2024.csv").read_bytes(), "contrats_2024.csv")
    old = read_contracts(shared("contrats_2015.csv").read_bytes(), "contrats_2015.csv")
    loaded = load_contracts(new)
    assert (loaded.opened, loaded.spaces) == (315, 277)
    generations = CityContract.objects.order_by().values_list("space", "generation")
    assert len(set(generations)) == len(generations) == 315, "two contracts of one generation, two spaces"
    assert CityContract.objects.exclude(predecessor=None).count() == 38
    named = {one.code: set(one.neighbourhoods) for one in new}
    for contract in CityContract.objects.filter(generation=2024).select_related("space"):
        held = ContractNeighbourhood.objects.filter(contract__space=contract.space).values_list("code", flat=True)
        assert set(held) >= named[contract.published_code] != set()
    assert loaded.bare == ["CV401", "CV416", "CV422", "CV428", "CV429"], "contracts of 2015, without any in the file"
    with_them, held = by_space(), ContractNeighbourhood.objects.count()
    assert load_contracts(new).opened == 0
    assert (by_space(), ContractNeighbourhood.objects.count()) == (with_them, held)
    load_contracts(old)
    assert len(by_space()) == Space.objects.count()
    both = set(CityContract.objects.order_by().values_list("space", "generation"))
    assert len(both) == CityContract.objects.count() == 315 + 258


def test_the_two_published_files_give_the_same_spaces_in_either_order(db: None) -> None:
    files = [read_contracts(shared(name).read_bytes(), name) for name in ("contrats_2024.csv", "contrats_2015.csv")]
    with transaction.atomic():
        for one in files:
            load_contracts(one)
        together = by_space()
        transaction.set_rollback(True)
    for one in reversed(files):
        load_contracts(one)
    assert by_space() == together
