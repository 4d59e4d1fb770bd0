"""docs/concepts/opinions.md: groups, their reality, figures, priority, against a plain reference of each."""

import math
from collections.abc import Sequence
from itertools import combinations, product
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from comptoir.analysis.opinions import Opinions, Votes, adjusted_rand, groups_of, next_statements, opinions_of, votes_of
from comptoir.analysis.opinions.analysis import FEWEST_VOTERS
from comptoir.analysis.opinions.clustering import groupings
from comptoir.analysis.opinions.figures import (
    Tally,
    agreed_by_all,
    consensus,
    gaps,
    priority,
    tally_by_group,
    tally_of,
    wilson,
)
from comptoir.analysis.opinions.projection import plane_of
from comptoir.analysis.opinions.representative import representatives
from comptoir.analysis.opinions.silhouette import DOUBT, best_count, silhouettes

Ballot = tuple[int, int, int]


def from_ballots(ballots: Sequence[Ballot]) -> Votes:
    return votes_of(*np.array(ballots, dtype=np.int64).reshape(-1, 3).T)


def planted(
    people: int, statements: int, groups: int, *, noise: float = 0.1, seen: float = 0.7, seed: int = 1
) -> Votes:
    """Votes of planted groups: participant i is of group i % groups; each statement has a side for each group."""
    chance = np.random.default_rng(seed)
    sides = chance.choice([-1, 1], (groups, statements))
    person, statement = np.nonzero(chance.random((people, statements)) < seen)
    value = sides[person % groups, statement]
    value = np.where(chance.random(len(value)) < noise, chance.integers(-1, 2, len(value)), value)
    return votes_of(person, statement, value)


def truth(votes: Votes, groups: int) -> list[int]:
    return [int(name) % groups for name in votes.participants]


def noise(people: int, statements: int, seed: int) -> Votes:
    chance = np.random.default_rng(seed)
    person, statement = np.nonzero(chance.random((people, statements)) < 0.6)
    return votes_of(person, statement, chance.integers(-1, 2, len(person)))


def shown(opinions: Opinions) -> list[int]:
    assert opinions.groups is not None
    return opinions.groups.labels.tolist()


# Les votes


def test_the_last_vote_counts_by_its_moment_else_by_its_place() -> None:
    ids = np.array([1, 1, 2]), np.array([5, 5, 5]), np.array([1, -1, 0])
    assert votes_of(*ids).value.tolist() == [-1, 0]
    assert votes_of(*ids, np.array([9, 3, 1])).value.tolist() == [1, 0]
    assert votes_of(*ids).changed == 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-3, 5), st.sampled_from([-1, 0, 1])), max_size=60))
def test_votes_are_those_of_a_plain_dictionary(ballots: list[Ballot]) -> None:
    expected = {(person, statement): value for person, statement, value in ballots}
    votes = from_ballots(ballots)
    found = {
        (int(votes.participants[p]), int(votes.statements[s])): int(v)
        for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
    }
    assert found == expected
    assert votes.changed == len(ballots) - len(expected)
    assert list(zip(votes.person, votes.statement, strict=True)) == sorted(
        zip(votes.person, votes.statement, strict=True)
    )


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 5), st.integers(-1, 1), st.integers(0, 4)), max_size=40))
def test_of_changed_votes_the_latest_counts(rows: list[tuple[int, int, int, int]]) -> None:
    expected: dict[tuple[int, int], tuple[int, int]] = {}
    for person, statement, value, moment in rows:
        if moment >= expected.get((person, statement), (-1, 0))[0]:
            expected[person, statement] = (moment, value)
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    votes = votes_of(*columns)
    assert votes.value.tolist() == [value for _, (_, value) in sorted(expected.items())]


def test_identifiers_far_apart_are_kept() -> None:
    votes = votes_of(np.array([5, 1 << 40]), np.array([0, 1 << 50]), np.array([1, -1]))
    assert votes.participants == ("5", str(1 << 40))
    assert votes.statements == ("0", str(1 << 50))


# Le plan, les groupes


def plain_plane(votes: Votes) -> NDArray[np.float64]:
    """The definition, on a full matrix: missing votes are the mean of their statement, then SVD, then spread."""
    matrix = np.full((len(votes.participants), len(votes.statements)), np.nan)
    matrix[votes.person, votes.statement] = votes.value
    centred = np.nan_to_num(matrix - np.nanmean(matrix, axis=0))
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    cast = (~np.isnan(matrix)).sum(axis=1)
    return centred @ directions[:2].T * np.sqrt(matrix.shape[1] / cast)[:, None]


@pytest.mark.parametrize("seed", range(4))
def test_the_plane_is_that_of_its_definition_but_for_signs(seed: int) -> None:
    votes = planted(60, 20, 3, seed=seed)
    found, expected = plane_of(votes).people, plain_plane(votes)
    assert np.abs(found) == pytest.approx(np.abs(expected), abs=1e-4)


def test_many_statements_give_the_plane_of_their_definition() -> None:
    votes = planted(80, 1_200, 3, seed=5)
    assert np.abs(plane_of(votes).people) == pytest.approx(np.abs(plain_plane(votes)), abs=2e-3)


def plain_silhouette(points: NDArray[np.float64], labels: Sequence[int]) -> float:
    scores = []
    for i, point in enumerate(points):
        means = {}
        for group in set(labels):
            others = [math.dist(point, points[j]) for j in range(len(points)) if labels[j] == group and j != i]
            means[group] = fmean(others) if others else None
        inside = means.pop(labels[i])
        outside = min(mean for mean in means.values() if mean is not None)
        scores.append(0.0 if inside is None or not max(inside, outside) else (outside - inside) / max(inside, outside))
    return fmean(scores)


def test_the_exact_silhouette_is_that_of_its_definition() -> None:
    points = np.random.default_rng(3).normal(size=(70, 2))
    points[:5] = points[0]  # some people vote exactly alike
    found = groupings(points)
    scores = silhouettes(points, found, exact=True)
    assert set(found) == {2, 3, 4, 5}
    for count, labels in found.items():
        assert scores[count] == pytest.approx(plain_silhouette(points, labels.tolist()))


@pytest.mark.parametrize("shape", ["round", "three", "line", "outliers"])
def test_the_silhouette_read_on_the_grid_is_near_the_exact_one(shape: str) -> None:
    chance = np.random.default_rng(7)
    points = chance.normal(size=(2_500, 2))
    if shape == "three":
        points += np.array([[0, 0], [6, 0], [0, 6]])[np.arange(2_500) % 3]
    elif shape == "line":
        points[:, 1] = 0
    elif shape == "outliers":
        points[:20] *= 8
    found = groupings(points)
    near, exact = (silhouettes(points, found, exact=how) for how in (False, True))
    assert max(abs(near[count] - exact[count]) for count in found) < DOUBT / 2


def test_groups_are_at_least_as_tight_as_those_of_many_random_starts() -> None:
    def loss(points: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
        parts = [points[labels == group] for group in set(labels.tolist())]
        return sum(float(((part - part.mean(axis=0)) ** 2).sum()) for part in parts)

    chance = np.random.default_rng(4)
    points = plane_of(planted(120, 25, 4, noise=0.4, seed=2)).people
    for count, labels in groupings(points).items():
        best = math.inf
        for _ in range(30):
            centres = points[chance.choice(len(points), count, replace=False)]
            for _ in range(40):
                home = ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
                centres = np.array(
                    [points[home == g].mean(axis=0) if (home == g).any() else centres[g] for g in range(count)]
                )
            best = min(best, loss(points, home))
        assert loss(points, labels) <= best * 1.05


@pytest.mark.parametrize(("people", "groups"), [(60, 2), (150, 3), (400, 3), (3_000, 3)])
def test_planted_groups_are_found(people: int, groups: int) -> None:
    votes = planted(people, 40, groups, seed=8)
    found = groups_of(votes)
    assert found is not None
    assert found.count == groups
    assert adjusted_rand(found.labels.tolist(), truth(votes, groups)) > 0.97
    assert found.sizes == sorted(found.sizes, reverse=True)


def test_planted_groups_are_real() -> None:
    votes = planted(60, 15, 2, seed=8)
    opinions = opinions_of(votes)
    assert opinions.warnings == ()
    assert adjusted_rand(shown(opinions), truth(votes, 2)) == 1
    assert opinions.reality is not None
    assert opinions.reality.p == 0.01


@given(st.permutations(range(60)), st.integers(0, 3))
@settings(max_examples=15)
def test_the_order_of_rows_changes_nothing(order: list[int], seed: int) -> None:
    votes = planted(60, 15, 2, seed=seed)
    rows = np.concatenate([np.flatnonzero(votes.person == at) for at in order])
    again = votes_of(votes.person[rows], votes.statement[rows], votes.value[rows])
    one, two = groups_of(votes), groups_of(again)
    assert one is not None
    assert two is not None
    assert one.labels.tolist() == two.labels.tolist()
    assert one.silhouettes == two.silhouettes


@given(st.integers(0, 119), st.integers(0, 24), st.sampled_from([-1, 0, 1]))
@settings(max_examples=25)
def test_one_more_vote_leaves_groups_as_they_were(person: int, statement: int, value: int) -> None:
    votes = planted(120, 25, 3, seed=11)
    before = groups_of(votes)
    more = votes_of(*(np.append(a, b) for a, b in zip(
        (votes.person, votes.statement, votes.value), (person, statement, value), strict=True)))  # fmt: skip
    after = groups_of(more)
    assert before is not None
    assert after is not None
    assert before.count == after.count
    assert adjusted_rand(before.labels.tolist(), after.labels.tolist()) > 0.95


def test_groups_keep_their_former_names() -> None:
    votes = planted(120, 25, 3, seed=11)
    groups = groups_of(votes)
    assert groups is not None
    former = {name: 2 - group for name, group in zip(votes.participants, groups.labels.tolist(), strict=True)}
    again = groups_of(votes, former)
    assert again is not None
    assert again.labels.tolist() == [former[name] for name in votes.participants]
    assert again.tally.votes[0].tolist() == groups.tally.votes[2].tolist()


def test_an_earlier_count_of_groups_is_kept_while_it_does_nearly_as_well() -> None:
    votes = noise(200, 20, 1)
    now = groups_of(votes)
    assert now is not None
    ranked = sorted(now.silhouettes, key=lambda count: -now.silhouettes[count])
    gap = now.silhouettes[ranked[0]] - now.silhouettes[ranked[1]]
    former = {name: at % ranked[1] for at, name in enumerate(votes.participants)}
    again = groups_of(votes, former)
    assert again is not None
    assert again.count == (ranked[1] if gap <= 0.02 else ranked[0])


# Les groupes sont-ils réels ?


@pytest.mark.parametrize("people", [3, 15, 40, FEWEST_VOTERS - 1])
def test_a_room_has_only_counts(people: int) -> None:
    opinions = opinions_of(planted(people, 30, 2, noise=0))
    assert opinions.groups is None
    assert f"{people} votants avec assez de votes, il en faut {FEWEST_VOTERS}" in opinions.warnings[-1]
    assert opinions.tally.votes.sum() == len(opinions.votes.value)


def test_people_with_few_votes_do_not_make_a_crowd() -> None:
    busy, idle = planted(49, 30, 2), planted(80, 5, 2)
    votes = votes_of(*(np.append(a, b) for a, b in zip(
        (busy.person, busy.statement, busy.value), (idle.person + 1000, idle.statement, idle.value),
        strict=True)))  # fmt: skip
    assert opinions_of(votes).groups is None


def test_votes_at_random_have_no_group_but_about_once_in_twenty() -> None:
    wrong = [seed for seed in range(40) if opinions_of(noise(60, 12, seed)).groups is not None]
    assert len(wrong) <= 6  # a binomial of 40 and 0.05 is above 6 less than once in 500


def test_everyone_alike_has_no_group() -> None:
    opinions = opinions_of(votes_of(*(part.ravel() for part in np.indices((60, 10))), np.ones(600, dtype=int)))
    assert opinions.groups is None
    assert "Pas de groupes d'opinion" in opinions.warnings[0]


def test_the_same_seed_gives_the_same_test() -> None:
    votes = planted(1_500, 20, 2, noise=0.8, seed=2)
    one, two = opinions_of(votes, seed=5).reality, opinions_of(votes, seed=5).reality
    assert one == two
    assert one is not None
    assert one.people == 1_000


# Les chiffres d'une affirmation


def test_counts_are_those_of_a_plain_loop() -> None:
    votes = planted(30, 8, 2, noise=0.5)
    labels = np.array([at % 3 - 1 for at in range(30)])
    found = tally_by_group(votes, labels, 2)
    for group, statement in product(range(2), range(8)):
        said = [
            int(v)
            for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
            if s == statement and labels[p] == group
        ]
        assert found.agree[group, statement] == said.count(1)
        assert found.disagree[group, statement] == said.count(-1)
        assert found.votes[group, statement] == len(said)
    assert tally_of(votes).votes.sum() == len(votes.value)


def test_wilson_bounds_are_the_published_ones() -> None:
    # E. B. Wilson's score interval as computed by Newcombe (1998, table I): 81/263, 15/148, 0/20, 1/29.
    low, high = wilson(np.array([81, 15, 0, 1]), np.array([263, 148, 20, 29]))
    assert low == pytest.approx([0.2553, 0.0624, 0.0, 0.0061], abs=1e-4)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=1e-4)


def test_newcombe_bounds_are_the_published_ones() -> None:
    # Newcombe (1998, « Interval estimation for the difference… », method 10): 56/70 against 48/80.
    both = Tally(np.array([[56], [48]]), np.array([[14], [32]]), np.array([[70], [80]]))
    found = gaps(both)
    assert found.gap[0] == pytest.approx(0.2)
    assert (found.least[0], found.most[0]) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=4))
def test_the_gap_is_the_greatest_and_within_its_bounds(counts: list[tuple[int, int, int]]) -> None:
    columns = np.array(counts)
    tally = Tally(columns[:, :1], columns[:, 1:2], columns.sum(axis=1)[:, None])
    found = gaps(tally)
    shares = [a / (a + d + p) for a, d, p in counts if a + d + p]
    expected = max((abs(a - b) for a, b in combinations(shares, 2)), default=0.0)
    assert found.gap[0] == pytest.approx(expected)
    assert found.least[0] <= found.gap[0] + 1e-12
    assert found.most[0] >= found.gap[0] - 1e-12
    assert not found.sure[0] or found.least[0] > 0


def test_a_consensus_holds_in_every_group() -> None:
    tally = Tally(
        np.array([[90, 90, 3], [88, 10, 3]]), np.array([[5, 5, 0], [5, 85, 0]]), np.array([[100, 100, 3]] * 2)
    )
    yes, no = agreed_by_all(tally)
    assert yes.tolist() == [True, False, False]  # three out of three is not enough to be sure
    assert no.tolist() == [False, False, False]


def test_what_tells_groups_apart_is_shown_for_each() -> None:
    votes = planted(200, 12, 2, noise=0.1, seed=4)
    groups = groups_of(votes)
    assert groups is not None
    sides = groups.tally.agree > groups.tally.disagree
    for group in (0, 1):
        found = representatives(groups.tally, group)
        assert 0 < len(found) <= 5
        for one in found:
            assert one.agree == sides[group, one.statement]
            assert one.ratio > 1
        assert [one.agree for one in found] == sorted((one.agree for one in found), reverse=True)


def test_priority_is_that_of_its_definition() -> None:
    tally = Tally(np.array([8, 0, 30]), np.array([1, 0, 30]), np.array([10, 0, 60]))
    expected = []
    for agree, disagree, votes, away in ((8, 1, 10, 0.5), (0, 0, 0, 0.0), (30, 30, 60, 2.0)):
        importance = (agree + 1) / (votes + 2) * (1 - (votes - agree - disagree + 1) / (votes + 2)) * (1 + away)
        expected.append((importance * (1 + 8 * 2 ** (-votes / 5))) ** 2)
    assert priority(tally, np.array([0.5, 0.0, 2.0])) == pytest.approx(expected)


def test_what_is_shown_next_has_not_been_voted_on() -> None:
    votes = from_ballots([(1, 1, 1), (1, 2, 1), (2, 1, 1), (2, 3, -1), (3, 4, 0)])
    opinions = opinions_of(votes)
    assert set(next_statements(opinions, "1")) == {"3", "4"}
    assert set(next_statements(opinions, "nobody")) == {"1", "2", "3", "4"}
    assert next_statements(opinions, "1", most=1) == next_statements(opinions, "1")[:1]


# Comparer deux regroupements


def test_adjusted_rand_is_the_published_one() -> None:
    # Hubert and Arabie (1985) through the usual worked example: (24 - 28.2) / (45.5 - 28.2) has its sign and size.
    assert adjusted_rand([0, 0, 1, 1], [5, 5, 7, 7]) == 1.0
    assert adjusted_rand([0, 0, 1, 1], [0, 0, 1, 2]) == pytest.approx(0.5714, abs=1e-4)
    assert adjusted_rand([0, 0, 0, 0], [0, 1, 2, 3]) == 0.0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_adjusted_rand_counts_pairs(labels: list[tuple[int, int]]) -> None:
    one, two = [a for a, _ in labels], [b for _, b in labels]
    pairs = list(combinations(range(len(labels)), 2))
    same = [(one[i] == one[j], two[i] == two[j]) for i, j in pairs]
    both, first, second = sum(a and b for a, b in same), sum(a for a, _ in same), sum(b for _, b in same)
    expected = first * second / len(pairs)
    most = (first + second) / 2
    assert adjusted_rand(one, two) == pytest.approx(1.0 if most == expected else (both - expected) / (most - expected))


# Un pair


@pytest.mark.filterwarnings("ignore")  # the peer's own
@pytest.mark.parametrize("seed", range(4))
def test_red_dwarf_finds_the_same(seed: int) -> None:
    """The same plane, count of groups and groups but for a person between two; from its groups, the same figures."""
    pipeline = pytest.importorskip("reddwarf.implementations.polis", reason="red-dwarf is not installed (group bench)")
    votes = planted(150, 20, 3, noise=0.4, seed=seed)
    records = [
        {"participant_id": int(p), "statement_id": int(s), "vote": int(v), "modified": 0}
        for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
    ]
    theirs = pipeline.run_pipeline(votes=records, random_state=0)
    plane, ours = plane_of(votes), groups_of(votes)
    assert ours is not None
    people = theirs.participants_df
    assert np.abs(plane.people) == pytest.approx(np.abs(people[["x", "y"]].to_numpy()), abs=1e-4)
    labels = people["cluster_id"].fillna(-1).astype(int).to_numpy()
    assert ours.count == len(set(labels[labels >= 0].tolist()))
    assert (ours.labels >= 0).tolist() == (labels >= 0).tolist()
    assert adjusted_rand(ours.labels.tolist(), labels.tolist()) > 0.95
    tally = tally_by_group(votes, labels, ours.count)
    for group, chosen in theirs.repness.items():
        found = representatives(tally, group)
        assert [(one.statement, one.agree) for one in found] == [
            (one["tid"], one["repful-for"] == "agree") for one in chosen
        ]
        assert [one.ratio for one in found] == pytest.approx([one["repness"] for one in chosen])
    agree, disagree = consensus(tally)
    statements = theirs.statements_df
    assert agree == pytest.approx(statements["group-aware-consensus-agree"].to_numpy())
    assert disagree == pytest.approx(statements["group-aware-consensus-disagree"].to_numpy())
    seen = Tally(*(part.sum(axis=0) for part in (tally.agree, tally.disagree, tally.votes)))
    assert priority(seen, plane.extremity) == pytest.approx(statements["priority"].to_numpy(dtype=float), rel=1e-3)


def test_best_count_prefers_fewer_groups_when_equal() -> None:
    points = np.random.default_rng(0).normal(size=(50, 2))
    labels = groupings(points)
    count, scores = best_count(points, labels)
    assert scores[count] == max(scores.values())
