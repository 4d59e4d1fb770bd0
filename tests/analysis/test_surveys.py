"""Which question is asked, which answers count, what is published of them: docs/concepts/enquetes.md."""

import random

import pytest

from comptoir.analysis import surveys
from comptoir.analysis.disclosure import Cell, Dimension, Rule, Table, Verdict, audit
from comptoir.analysis.errors import InputError
from comptoir.analysis.surveys import NO_ANSWER, Asked, Asks, check_form, kept, publish, shown

CHAIN = (
    Asked("q1", Asks.ONE, ("oui", "non")),
    Asked("q2", Asks.ONE, ("souvent", "rarement"), ("q1", 0)),
    Asked("q3", Asks.WORDS, (), ("q2", 0)),
)
RULE = Rule(threshold=5, unit="réponses", distinct=False)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["q1"]),
        ({"q1": [0]}, ["q1", "q2"]),
        ({"q1": [1]}, ["q1"]),
        ({"q1": [1], "q2": [0]}, ["q1"]),
        ({"q1": [0], "q2": [0]}, ["q1", "q2", "q3"]),
        ({"q1": [0, 1]}, ["q1"]),
        ({"q2": [0]}, ["q1"]),
    ],
)
def test_which_questions_are_asked(answers: dict[str, list[int]], asked: list[str]) -> None:
    """The table of cases of the concept page."""
    assert shown(CHAIN, answers) == asked


def test_only_answers_that_count_are_kept() -> None:
    several = (*CHAIN, Asked("q4", Asks.SEVERAL, ("a", "b", "c")))
    assert kept(several, {"q1": [1], "q2": [0], "q4": [2, 0, 0, 9]}) == {"q1": [1], "q4": [0, 2]}
    assert kept(several, {"q1": [0, 1], "q9": [0]}) == {}


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        ([Asked(f"q{n}", Asks.WORDS) for n in range(13)], "12 questions"),
        ([Asked("q1", Asks.ONE, ("oui",))], "2 à 12"),
        ([Asked("q1", Asks.WORDS, (), ("q2", 0)), Asked("q2", Asks.ONE, ("oui", "non"))], "avant elle"),
        ([Asked("q1", Asks.SEVERAL, ("a", "b")), Asked("q2", Asks.WORDS, (), ("q1", 0))], "avant elle"),
        ([Asked("q1", Asks.ONE, ("oui", "non")), Asked("q2", Asks.WORDS, (), ("q1", 2))], "avant elle"),
        ([Asked(f"q{n}", Asks.PLACE, ("Nord", "Sud")) for n in range(2)], "une fois"),
    ],
    ids=["too long", "no choice", "after", "several", "no such answer", "place twice"],
)
def test_a_form_that_cannot_be_asked_is_refused(questions: list[Asked], says: str) -> None:
    with pytest.raises(InputError, match=says):
        check_form(questions)


def test_a_form_that_can_be_asked_is_accepted() -> None:
    check_form(CHAIN)


def test_fewer_answers_than_the_threshold_say_their_number_only() -> None:
    assert publish(CHAIN, [("qr", {"q1": [0]})] * 4, RULE) == surveys.Published(4, ())


def numbers(found: surveys.Published) -> dict[tuple[str, int | None, int | None], int | None]:
    return {(one.question, one.option, one.place): one.number for one in found.counts if not one.channel}


def test_numbers_that_are_large_enough_are_all_published() -> None:
    rows = [("qr", {"q1": [0], "q2": [0]})] * 8 + [("link", {"q1": [0], "q2": [1]})] * 6 + [("paper", {"q1": [1]})] * 7
    found = publish(CHAIN, rows, RULE)
    assert found.total == 21
    assert numbers(found) == {
        ("", None, None): 21,
        ("q1", 0, None): 14,
        ("q1", 1, None): 7,
        ("q1", NO_ANSWER, None): 0,
        ("q2", 0, None): 8,
        ("q2", 1, None): 6,
        ("q2", NO_ANSWER, None): 0,
    }
    assert {one.channel: one.number for one in found.counts if one.channel} == {"link": 6, "paper": 7, "qr": 8}


def test_a_small_number_goes_with_what_would_give_it_back_across_questions() -> None:
    """Two say « non »: « oui » would tell them, and so would those who were asked the next question."""
    rows = [("qr", {"q1": [0], "q2": [0]})] * 10 + [("qr", {"q1": [0], "q2": [1]})] * 10 + [("qr", {"q1": [1]})] * 2
    found = numbers(publish(CHAIN, rows, RULE))
    assert found["q1", 1, None] is None
    assert found["q1", 0, None] is None
    assert None in {found["q2", 0, None], found["q2", 1, None]}
    assert found["", None, None] == 22


FORM = (
    Asked("place", Asks.PLACE, ("Nord", "Sud", "Est")),
    Asked("q1", Asks.ONE, ("oui", "non")),
    Asked("q2", Asks.CHANGE, ("mieux", "pareil", "moins bien"), ("q1", 0)),
    Asked("q3", Asks.SEVERAL, ("bancs", "ombre")),
)


def crowd(size: int = 60) -> list[tuple[str, dict[str, list[int]]]]:
    chance = random.Random(4)  # a crowd to count, not a secret
    rows = []
    for _ in range(size):
        answers = {
            "place": chance.choices([[0], [1], [2], []], [30, 20, 5, 3])[0],
            "q1": chance.choices([[0], [1], []], [30, 20, 2])[0],
            "q2": chance.choices([[0], [1], [2]], [10, 10, 2])[0],
            "q3": [rank for rank in range(2) if chance.random() < 0.4],
        }
        rows.append((chance.choice(["qr", "link", "paper"]), kept(FORM, answers)))
    return rows


def attacked(found: surveys.Published) -> list[tuple[str, ...]]:
    """What an outsider finds from the published numbers, with the sums that anybody knows of a questionnaire."""
    everything = surveys.publish(FORM, crowd(), Rule(threshold=1), secondary=False)
    assert everything.total == found.total
    cells: dict[tuple[str, ...], Cell] = {}
    for one in found.counts:
        if one.channel:
            continue
        name = "Ensemble" if one.option is None else f"{one.question}/{one.option}"
        where = "Ensemble" if one.place is None else f"{one.place}"
        cells[name, where] = Cell(float("nan") if one.number is None else float(one.number))
    for name in ("q3/0/non", "q3/1/non"):
        for place in ("Ensemble", "0", "1", "2", "-1"):
            cells[name, place] = Cell(float("nan"))
    sums = (
        ("Ensemble", ("q1/0", "q1/1", "q1/-1")),
        ("q1/0", ("q2/0", "q2/1", "q2/2", "q2/-1")),
        ("Ensemble", ("q3/0", "q3/0/non")),
        ("Ensemble", ("q3/1", "q3/1/non")),
    )
    table = Table("réponses", ("réponse", "quartier"), cells, RULE)
    found_out = audit([table], [Dimension("réponse", "Ensemble", sums)])
    return [one.modalities for one in found_out if one.verdict is not Verdict.SAFE]


def test_the_auditor_finds_nothing_in_what_is_published() -> None:
    found = publish(FORM, crowd(), RULE)
    assert any(one.number is None for one in found.counts)
    assert attacked(found) == []


def test_the_auditor_finds_the_small_cells_when_only_they_are_hidden() -> None:
    assert attacked(publish(FORM, crowd(), RULE, secondary=False)) != []
