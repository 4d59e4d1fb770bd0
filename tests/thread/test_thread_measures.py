"""The measures of the thread, read from a space (docs/concepts/thread.md)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.accounts.models import Actor
from comptoir.commitments import actions as commitments
from comptoir.contracts.actions import add_signatory, open_contract
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.thread import actions
from comptoir.thread.measures import Measures, measures_of
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Heading, Statement


def test_the_whole_of_a_small_space(woven: Any) -> None:
    """`bench` was said 3 + 1 + 2 times, `masked` once (cited by the objective), `secret` once."""
    found = measures_of(woven.lead.space)
    assert (found.lines, found.lines_linked, found.lines_answered, found.lines_unanswered) == (3, 3, 1, 2)
    whole = found.whole
    assert (whole.occurrences, whole.committed, whole.through_objective) == (8, 8, 1)
    assert (whole.kept, whole.wholly, whole.answered, whole.unanswered) == (8, 8, 6, 2)
    assert (found.commitments, found.without_origin, found.shared) == (1, 0, True)
    assert set(found.by_speaker) == {"residents"}
    assert set(found.by_subject) == {"signatories"}


def test_nothing_is_measured_where_nothing_is(lead: Actor) -> None:
    found = measures_of(lead.space)
    assert (found.whole.occurrences, found.lines, found.commitments) == (0, 0, 0)
    assert found.whole.share(found.whole.committed) is None


def test_a_commitment_with_no_voice_and_one_with_a_promise_alone(woven: Any) -> None:
    woven.commit("Repeindre la loge")
    promised = woven.commit("Ouvrir la loge")
    woven.promise.commitment = promised
    woven.promise.save()
    found = measures_of(woven.lead.space)
    assert (found.commitments, found.without_origin) == (3, 1)


def test_an_objective_with_no_line_is_no_origin(woven: Any) -> None:
    woven.commit("Par l'objectif seul", woven.objective)
    assert measures_of(woven.lead.space).without_origin == 0
    actions.uncite(actor=woven.lead, objective=woven.objective, statement=woven.masked)
    found = measures_of(woven.lead.space)
    assert (found.without_origin, found.whole.through_objective, found.whole.committed) == (1, 0, 7)


def test_kept_in_part_is_kept(woven: Any) -> None:
    line, commitment = woven.note("Des jeux", 5), woven.commit("Poser un jeu")
    woven.link(commitment, line)
    assert (measures_of(woven.lead.space).whole.committed, measures_of(woven.lead.space).whole.kept) == (13, 8)
    woven.prove(commitment, whole=False)
    found = measures_of(woven.lead.space).whole
    assert (found.kept, found.wholly) == (13, 8)


def test_only_a_published_answer_counts(woven: Any) -> None:
    woven.reply(woven.secret, published=False)
    assert measures_of(woven.lead.space).whole.answered == 6
    woven.reply(woven.secret)
    woven.reply(woven.secret, "Et encore")
    assert measures_of(woven.lead.space).whole.answered == 7


def test_names_and_points_are_not_things_said(woven: Any) -> None:
    who = Heading.objects.create(occasion=woven.draft.occasion, kind=HeadingKind.WHO, label="Qui ?", position=9)
    name = Statement(space=woven.lead.space, heading=who, reported_wording="Le bailleur", reported_occurrences=4)
    name.root = name
    name.save(force_insert=True)
    woven.link(woven.commitment, name)
    found = measures_of(woven.lead.space)
    assert (found.whole.occurrences, found.lines, found.lines_linked) == (8, 3, 3)


def test_a_contract_counts_its_own_commitments_and_all_that_was_said(woven: Any) -> None:
    later = open_contract(actor=woven.lead, name="Le suivant")
    signatory = add_signatory(actor=woven.lead, contract=later, organisation=woven.signatory.organisation)
    commitment = commitments.write(actor=woven.lead, signatory=signatory, wording="Planter des arbres")
    woven.link(commitment, woven.secret)
    found = measures_of(later)
    assert (found.whole.occurrences, found.whole.committed, found.commitments) == (8, 1, 1)
    assert measures_of(woven.contract).whole.committed == 8


def test_a_neighbourhood_has_numbers_and_no_share(woven: Any) -> None:
    place = PriorityNeighbourhood.objects.create(code="QN00001M", name="Les Tilleuls", generation=2024)
    assert measures_of(woven.lead.space, neighbourhood=place).commitments == 0
    woven.commitment.neighbourhoods.add(place)
    found = measures_of(woven.lead.space, neighbourhood=place)
    assert (found.commitments, found.whole.committed, found.shared) == (1, 8, False)


def test_another_space_is_another_measure(woven: Any, stranger: Actor) -> None:
    assert measures_of(stranger.space).whole.occurrences == 0


@pytest.mark.parametrize("many", [1, 20])
def test_the_measures_cost_as_many_questions_whatever_there_is(woven: Any, many: int) -> None:
    for n in range(many):
        woven.link(woven.commit(f"Engagement {n}", woven.objective), woven.note(f"Une chose {n}"))
    with CaptureQueriesContext(connection) as asked:
        found: Measures = measures_of(woven.lead.space)
    assert found.commitments == many + 1
    assert len(asked) == 6
