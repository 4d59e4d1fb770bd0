"""docs/concepts/opinions.md, « Lire des votes » and « Ce qui est écrit »: files in, JSON out, refusals."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.errors import InputError
from comptoir.analysis.opinions import Votes
from comptoir.analysis.opinions.quick import whole_numbers
from comptoir.analysis.opinions.reading import read_statements, read_votes
from comptoir.cli import main

POLIS = Path(__file__).parents[3] / "shared" / "data" / "polis"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


def read(text: str | bytes, name: str = "votes.csv") -> Votes:
    data = text if isinstance(text, bytes) else text.encode()
    return read_votes(io.BytesIO(data), name).votes


def triplets(votes: Votes) -> list[tuple[str, str, int]]:
    return [
        (votes.participants[p], votes.statements[s], int(v))
        for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
    ]


def crowd(people: int = 80, statements: int = 12) -> str:
    """Two camps that vote against each other but on the first statement, with a few exceptions."""
    lines = ["timestamp,datetime,comment-id,voter-id,vote"]
    for person in range(people):
        for statement in range(statements):
            side = 1 if statement == 0 or (person + statement) % 2 else -1
            odd = (person * 7 + statement * 3) % 11 == 0
            lines.append(f"{1000 + person},Mon,{statement},{person},{0 if odd else side}")
    return "\n".join(lines) + "\n"


LONG = (
    "timestamp,datetime,comment-id,voter-id,vote\n1,Mon,0,7,1\n2,Mon,1,7,-1\n3,Mon,0,8,0\n9,Mon,0,7,-1\n5,Mon,0,7,1\n"
)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("Mon", '"Mon, 1"'),
        lambda text: text.replace("\n2", "\n\n2"),
    ],
)
def test_every_spelling_of_a_file_gives_the_same_votes(change: Callable[[str], str]) -> None:
    votes = read(change(LONG))
    assert triplets(votes) == [("7", "0", -1), ("7", "1", -1), ("8", "0", 0)]
    assert votes.changed == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_words_are_votes_too_in_any_encoding(encoding: str) -> None:
    text = "participant;affirmation;vote\nrené;a;d'accord\nrené;b;pas d’accord\nzoé;a;passe\nzoé;b;Désaccord\n"
    found = triplets(read(text.encode(encoding, errors="replace") if encoding != "cp1252" else text.encode("cp1252")))
    assert found == [("rené", "a", 1), ("rené", "b", -1), ("zoé", "a", 0), ("zoé", "b", -1)]


def test_names_that_look_like_numbers_come_back_as_written() -> None:
    assert triplets(read("voter-id,comment-id,vote\n007,1,1\n7,1,-1\n"))[0][0] in ("007", "7")
    assert set(read("voter-id,comment-id,vote\n007,1,1\n7,1,-1\n").participants) == {"007", "7"}


def test_a_table_of_one_person_a_line() -> None:
    text = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,10,2\nA,,0,0,2,1,1,1,-1\nB,x,1,0,1,0,0,,0\n"
    found = read_votes(io.BytesIO(text.encode()), "votes.csv")
    assert triplets(found.votes) == [("A", "2", -1), ("A", "10", 1), ("B", "2", 0)]
    assert found.reference == {"A": "0", "B": "1"}


def test_dates_tell_which_vote_is_the_last() -> None:
    text = "participant,affirmation,vote,horodatage\na,x,1,2026-03-02T10:00\na,x,-1,2026-03-01T10:00\n"
    assert triplets(read(text)) == [("a", "x", 1)]


@given(
    st.lists(st.tuples(st.integers(-(10**17), 10**17), st.integers(0, 10**9), st.sampled_from([-1, 0, 1])), min_size=1),
    st.integers(0, 2),
)
def test_the_quick_reader_reads_what_was_written(rows: list[tuple[int, int, int]], ending: int) -> None:
    end = ("\n", "\r\n", "\n")[ending]
    text = end.join(",".join(map(str, row)) for row in rows) + ("" if ending == 2 else end)
    found = whole_numbers(io.BytesIO(text.encode()), ",", 3, [2, 0, 1])
    assert found is not None
    assert [tuple(map(int, row)) for row in zip(found[1], found[2], found[0], strict=True)] == rows


def test_quick_reading_goes_on_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comptoir.analysis.opinions.quick._CHUNK", 37)
    text = "".join(f"{n},{n * n},{n % 3 - 1}\n" for n in range(500))
    found = whole_numbers(io.BytesIO(text.encode()), ",", 3, [0, 1, 2])
    assert found is not None
    assert found[1].tolist() == [n * n for n in range(500)]


@pytest.mark.parametrize(
    "bad", ["1,2\n", "1,,1\n", "a,2,1\n", '"1",2,1\n', "1,2,1.0\n", "01,2,1\n", "1,2,-0\n", "1" * 19 + ",2,1\n"]
)
def test_the_quick_reader_leaves_what_is_not_plain(bad: str) -> None:
    assert whole_numbers(io.BytesIO(f"5,6,1\n{bad}".encode()), ",", 3, [0, 1, 2]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "votes.csv : ce fichier est vide"),
        ("\n\n", "votes.csv : ce fichier est vide"),
        ("voter-id,comment-id,vote\n", "votes.csv : aucun vote"),
        ("nom,prix\na,3\n", "votes.csv, ligne 1 : ces en-têtes"),
        ("voter-id,comment-id\na,3\n", "votes.csv, ligne 1 : ces en-têtes"),
        ("voter-id,comment-id,vote\n1,2,1\n1,3,nan\n", "votes.csv, ligne 3, colonne vote : « nan » n'est pas un vote"),
        ("voter-id,comment-id,vote\n1,2,1\n1,3,2\n", "votes.csv, ligne 3, colonne vote : « 2 »"),
        ("voter-id,comment-id,vote\n1,2,\n", "votes.csv, ligne 2, colonne vote : « »"),
        ("voter-id,comment-id,vote\n,2,1\n", "votes.csv, ligne 2, colonne voter-id"),
        ("voter-id,comment-id,vote\n1,2,1,9\n", "votes.csv, ligne 2 : 4 cellules sous 3 en-têtes"),
        ("voter-id,comment-id,vote\n1\n", "votes.csv, ligne 2 : 1 cellules"),
        ("voter-id,comment-id,vote,timestamp\n1,2,1,hier\n", "votes.csv, ligne 2, colonne timestamp : « hier »"),
        ("participant,1,1\na,1,0\n", "votes.csv, ligne 1, colonne 1 : cette colonne est deux fois"),
        ("participant,1,2\na,1,oups\n", "votes.csv, ligne 2, colonne 2 : « oups »"),
        ("participant,1,2\na,,\n", "votes.csv : aucun vote dans ce tableau"),
        (b"\x00\x01\x02voter", "votes.csv, ligne 1 : ce n'est pas un fichier de texte"),
        ("voter-id,comment-id,vote\n1,2," + "1" * 10_000_000 + "\n", "votes.csv, ligne 2"),
        ("x" * 10_000_000, "votes.csv, ligne 1"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(run: Run, text: str | bytes, said: str) -> None:
    Path("votes.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = run("opinions", "votes.csv")
    assert (code, out) == (2, "")
    assert err.startswith(said), err
    assert err.count("\n") == 1
    assert len(err) < 400


def test_statements_bring_their_text_and_those_set_aside_do_not_count(run: Run) -> None:
    Path("votes.csv").write_text(crowd())
    Path("comments.csv").write_text('comment-id,moderated,comment-body\n0,1,"Un banc, à l\'ombre"\n1,-1,Hors sujet\n')
    code, out, err = run("opinions", "votes.csv", "--comments", "comments.csv", "--json")
    assert code == 0
    assert "1 affirmation(s) écartée(s)" in err
    found = json.loads(out)
    assert "1" not in [one["id"] for one in found["statements"]]
    assert found["statements"][0]["text"] == "Un banc, à l'ombre"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "il manque la colonne"),
        ("comment-id,comment-body,moderated\n1,x,3\n", "ligne 2, colonne moderated"),
        ("comment-id,comment-body\n1,x\n1,y\n", "ligne 3, colonne comment-id"),
    ],
)
def test_bad_statements_are_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_statements(text.encode(), "comments.csv")


def test_json_holds_groups_figures_and_warnings(run: Run) -> None:
    Path("votes.csv").write_text(crowd())
    code, _, err = run("opinions", "votes.csv", "-o", "out.json")
    assert (code, err.replace("Groupes d'opinion : 1 s…\n", "")) == (0, "")  # a slow machine says so
    found: dict[str, Any] = json.loads(Path("out.json").read_bytes())
    assert found["k"] == 2
    assert found["warnings"] == []
    groups = found["assignments"]
    assert len(groups) == found["grouped"] == 80
    assert {groups[str(at)] for at in range(0, 80, 2)} != {groups[str(at)] for at in range(1, 80, 2)}
    assert sum(group["size"] for group in found["groups"]) == 80
    first, second = found["statements"][:2]
    assert first["consensus"]["side"] == "agree"
    assert not first["dividing"]["sure"]
    assert second["dividing"]["sure"]
    assert second["dividing"]["low"] > 0.4
    for one in found["statements"]:
        assert one["votes"] == one["agree"] + one["disagree"] + one["pass"] == 80
        assert one["agree_low"] <= one["agree_share"] <= one["agree_high"]
        assert sum(part["votes"] for part in one["groups"]) == 80
    assert sorted(found["next"], key=int) == [one["id"] for one in found["statements"]]
    assert found["test"]["p"] <= 0.05


def test_a_small_room_gets_counts_and_a_reason(run: Run) -> None:
    Path("votes.csv").write_text(crowd(people=25))
    code, out, err = run("opinions", "votes.csv", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["k"], found["assignments"], found["groups"]) == (0, {}, [])
    assert found["warnings"] == [err.strip().splitlines()[-1]]
    assert "25 votants avec assez de votes, il en faut 50" in err
    assert set(found["statements"][0]) == {"id", "votes", "agree", "disagree", "pass", "priority"}
    text = run("opinions", "votes.csv")[1]
    assert "Trop peu de votants" in text
    assert "- n° 0 : 22 d'accord, 0 pas d'accord, 3 passent" in text


def test_the_page_for_people_says_what_unites_and_divides(run: Run) -> None:
    Path("votes.csv").write_text(crowd())
    text = run("opinions", "votes.csv")[1]
    assert "2 groupes d'opinion" in text
    assert "Ce qui réunit tous les groupes :\n- n° 0" in text
    assert "Ce qui sépare les groupes :\n- n° " in text
    assert "À montrer d'abord :" in text


def test_the_same_file_gives_the_same_bytes(run: Run) -> None:
    Path("votes.csv").write_text(crowd())
    first = run("opinions", "votes.csv", "--json", "--seed", "3")[:2]
    assert first == run("opinions", "votes.csv", "--json", "--seed", "3")[:2]
    header, *rows = crowd().splitlines()
    Path("votes.csv").write_text("\n".join([header, *rows[::-1]]))
    assert run("opinions", "votes.csv", "--json", "--seed", "3")[:2] == first


def test_names_of_groups_are_kept_from_one_run_to_the_next(run: Run) -> None:
    Path("votes.csv").write_text(crowd())
    run("opinions", "votes.csv", "-o", "before.json")
    before = json.loads(Path("before.json").read_text())
    before["assignments"] = {name: 1 - group for name, group in before["assignments"].items()}
    Path("before.json").write_text(json.dumps(before))
    run("opinions", "votes.csv", "--previous", "before.json", "-o", "after.json")
    assert json.loads(Path("after.json").read_text())["assignments"] == before["assignments"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out.csv"), "out.csv : le format"),
        (("--seed", "x"), "La graine"),
        (("--previous", "votes.csv"), "votes.csv : ce n'est pas une sortie"),
        (("--comments", "nowhere.csv"), "nowhere.csv : ce fichier n'existe pas"),
    ],
)
def test_bad_options_are_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    Path("votes.csv").write_text(crowd())
    code, _, err = run("opinions", "votes.csv", *arguments)
    assert code == 2
    assert err.startswith(said)


@pytest.mark.skipif(not POLIS.is_dir(), reason="the conversations of Polis are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("vtaiwan.uberx", 0.65),
        ("canadian-electoral-reform", 0.75),
    ],
)
def test_real_groups_are_near_those_of_polis(run: Run, name: str, least: float) -> None:
    folder = POLIS / name
    code, out, _ = run(
        "opinions", str(folder / "participants-votes.csv"), "--comments", str(folder / "comments.csv"), "--json"
    )
    found = json.loads(out)
    assert code == 0
    assert found["k"] == 2
    assert found["reference"]["adjusted_rand"] >= least


@pytest.mark.skipif(not POLIS.is_dir(), reason="the conversations of Polis are not beside the checkout")
def test_the_list_of_votes_and_the_table_say_the_same() -> None:
    folder = POLIS / "scoop-hivemind.affordable-housing"
    with (folder / "votes.csv").open("rb") as long, (folder / "participants-votes.csv").open("rb") as wide:
        one, two = read_votes(long, "votes.csv").votes, read_votes(wide, "matrix").votes
    known = set(triplets(two))
    assert len(known & set(triplets(one))) / len(known) > 0.99
    assert np.array_equal(np.unique(one.value), [-1, 0, 1])
