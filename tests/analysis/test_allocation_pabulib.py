"""Pabulib files in and out: what is read, what is put right and said, what is refused with its line and column."""

import re
from fractions import Fraction

import pytest
from allocation_reference import Plain, elections
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.allocation.model import Election, VoteType
from comptoir.analysis.allocation.pabulib import read_pabulib
from comptoir.analysis.allocation.report import as_pabulib
from comptoir.analysis.allocation.rule import Settings, allocate
from comptoir.analysis.errors import InputError

FILE = """META
key;value
description;"Budget ; du quartier"
budget;1000
vote_type;approval
num_projects;3
num_votes;4
PROJECTS
project_id;cost;name;category
7;400;Kiosque;culture
3;12,50;"Bancs ; ""doubles""\";cadre de vie
x 1;0;Fête;culture
VOTES
voter_id;vote;age
a;7,3;20
b;3;30
c;;40
d;x 1,7;
"""


def read(text: str) -> Election:
    return read_pabulib(text.encode(), "votes.pb")[0]


def ballots(election: Election) -> list[dict[str, int]]:
    one = election.ballots
    given = one.points if one.points is not None else [1] * len(one.project)
    supports = [(election.projects[at].id, int(points)) for at, points in zip(one.project, given, strict=True)]
    return [dict(supports[a:b]) for a, b in zip(one.start[:-1], one.start[1:], strict=True)]


def test_an_approval_file_is_read_whole() -> None:
    election, remarks = read_pabulib(FILE.encode(), "votes.pb")
    assert remarks == ()
    assert [(p.id, election.money(p.cost), p.name) for p in election.projects] == [
        ("7", 400, "Kiosque"),
        ("3", Fraction(25, 2), 'Bancs ; "doubles"'),
        ("x 1", 0, "Fête"),
    ]
    assert election.money(election.budget) == 1000
    assert ballots(election) == [{"7": 1, "3": 1}, {"3": 1}, {}, {"7": 1, "x 1": 1}]
    assert election.meta["description"] == "Budget ; du quartier"
    assert election.supporters.tolist() == [2, 2, 1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_change_nothing(encoding: str, newline: str) -> None:
    election = read_pabulib(FILE.replace("\n", newline).encode(encoding), "votes.pb")[0]
    assert election.projects == read(FILE).projects
    assert ballots(election) == ballots(read(FILE))


def test_points_and_ranks() -> None:
    head = "META\nbudget;10\nvote_type;{}\nPROJECTS\nproject_id;cost\na;1\nb;2\nc;3\nVOTES\n"
    cumulative = read(head.format("cumulative") + "voter_id;vote;points\n1;b,a;2,0.5\n2;c,a;0,3\n")
    assert cumulative.points_scale == 2
    assert ballots(cumulative) == [{"a": 1, "b": 4}, {"a": 6}]
    assert cumulative.scores == (7, 4, 0)
    ordinal = read(head.format("ordinal") + "voter_id;vote\n1;c,a,b\n2;b\n")
    assert ordinal.vote_type is VoteType.ORDINAL
    assert ballots(ordinal) == [{"a": 2, "b": 1, "c": 3}, {"b": 1}]


def test_what_is_put_right_is_said() -> None:
    text = FILE.replace("a;7,3;20", "a;7, 3,7;20").replace("num_votes;4", "num_votes;5")
    election, remarks = read_pabulib(text.encode(), "votes.pb")
    assert ballots(election)[0] == {"7": 1, "3": 1}
    assert remarks == (
        "votes.pb, ligne 15 : un projet nommé deux fois compte une fois (1 en tout).",
        "votes.pb, ligne 7 : 5 votes annoncés, 4 lus.",
    )


BAD = {
    "": (None, None, "vide"),
    "bonjour;à tous\n": (1, None, "META"),
    FILE.replace("PROJECTS\n", "PROJETS\n"): (None, None, "PROJECTS manque"),
    FILE.split("VOTES")[0]: (None, None, "VOTES manque"),
    FILE.replace("7;400", "7;-400"): (10, "cost", "négatif"),
    FILE.replace("7;400", "7;NaN"): (10, "cost", "pas un nombre"),
    FILE.replace("7;400", "7;1e9"): (10, "cost", "pas un nombre"),
    FILE.replace("7;400", "7;"): (10, "cost", "pas un nombre"),
    FILE.replace("3;12,50", "7;12,50"): (11, "project_id", "deux fois"),
    FILE.replace("b;3;30", "b;3,99;30"): (16, "vote", "pas dans PROJECTS"),
    FILE.replace("b;3;30", "b;3,;30"): (16, "vote", "pas dans PROJECTS"),
    FILE.replace("b;3;30", "a;3;30"): (16, "voter_id", "deux fois"),
    FILE.replace("b;3;30", "b;3;30;extra"): (16, None, "en-têtes"),
    FILE.replace("budget;1000", "budget;inf"): (4, "budget", "pas un nombre"),
    FILE.replace("budget;1000\n", ""): (2, None, "budget"),
    FILE.replace("vote_type;approval", "vote_type;choix"): (5, "vote_type", "type de vote"),
    FILE.replace("voter_id;vote;age", "voter_id;choix;age"): (14, None, "« vote »"),
    FILE.replace("project_id;cost;name", "project_id;prix;name"): (9, None, "« cost »"),
    FILE.replace("vote_type;approval", "vote_type;cumulative"): (14, None, "« points »"),
    FILE.replace("7;400;Kiosque", '7;400;"Kiosque'): (10, None, "guillemet"),
    FILE.replace("Kiosque", "K" * 10_000_000): (10, None, "caractères"),
    FILE + "VOTES\nvoter_id;vote\n": (19, None, "deux fois"),
    FILE.replace("Kiosque", "Ki\x00sque"): (10, None, "fichier de texte"),
}


@pytest.mark.parametrize("text", list(BAD), ids=[why for _, _, why in BAD.values()])
def test_a_bad_file_gives_its_line_and_column(text: str) -> None:
    line, column, why = BAD[text]
    with pytest.raises(InputError, match=re.escape(why)) as refused:
        read(text)
    assert (refused.value.line, refused.value.column) == (line, column)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("row", "why"), [("1;a,b;2", "1 notes pour 2 projets"), ("1;a;-2", "négatif"), ("1;a,a;1,2", "deux fois")]
)
def test_points_that_do_not_match_are_refused(row: str, why: str) -> None:
    head = "META\nbudget;10\nvote_type;scoring\nPROJECTS\nproject_id;cost\na;1\nb;2\nVOTES\nvoter_id;vote;points\n"
    with pytest.raises(InputError, match=why) as refused:
        read(head + row)
    assert refused.value.line == 10


@given(st.text(max_size=300) | st.text(alphabet='META\nPROJECTSVOTESkey;,"0123approval', max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for tried in (text, FILE.replace("Kiosque", text), FILE.replace("7,3", text)):
        try:
            election = read_pabulib(tried.encode("utf-8", "replace"), "votes.pb")[0]
        except InputError as refused:
            told = str(refused)
        else:
            told = f"votes.pb : {election.ballots.voters} votants"
        assert told.startswith("votes.pb")


@given(elections(points=3))
def test_what_is_written_is_read_again(plain: Plain) -> None:
    election = plain.election("scoring")
    found = allocate(election, Settings())
    again = read_pabulib(as_pabulib(election, found), "essai.pb")[0]
    assert ballots(again) == ballots(election)
    assert [(p.id, p.cost) for p in again.projects] == [(p.id, p.cost) for p in election.projects]
    chosen = {p.id for p in again.projects if p.fields["selected"] == "1"}
    assert chosen == {election.projects[at].id for at in found.selected}
    assert allocate(again, Settings()).selected == found.selected


@given(elections(points=3))
def test_equal_ballots_are_put_together_and_none_is_lost(plain: Plain) -> None:
    profile = plain.election("scoring").profile
    assert profile.weight.sum() == len(plain.ballots)
    assert profile.distinct == len({tuple(sorted(ballot.items())) for ballot in plain.ballots})
