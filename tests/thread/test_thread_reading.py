"""The thread read both ways, by each role (docs/concepts/thread.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import TEAM
from comptoir.commitments import actions as commitments
from comptoir.commitments.models import Commitment, StatementLink
from comptoir.thread import actions
from comptoir.thread.check_ins import REPLY, ROUND
from comptoir.thread.declared import HOUSE, LINKS
from comptoir.thread.done import ANSWER, COMMITMENT, OBJECTIVE, PROMISE, PROOF
from comptoir.thread.kinds import Column, LinkKind, Plan
from comptoir.thread.reading import DRAWN, Trace, edges_of, find, trace
from comptoir.thread.said import LINE, UNDER, UNPUBLISHED, WORD
from comptoir.voices import actions as voices
from comptoir.voices.models import Statement
from comptoir.voices.rules import HEAR_RAW

RAW, PRIVATE = "zinnia", "pivoine"


def everything(actor: Actor) -> list[tuple[str, Any]]:
    """All things of the space, whatever the actor may see of them."""
    return [
        (kind.name, pk)
        for kind in HOUSE.things.values()
        for pk in kind.rows_of(actor.space).order_by("pk").values_list("pk", flat=True)
    ]


def texts(found: Trace, column: Column | None = None) -> list[str]:
    return [piece.text for at, pieces in found.pieces.items() if column in (None, at) for piece in pieces]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_from_a_word_to_its_answer_and_back(woven: Any) -> None:
    word = find(woven.lead, "parole", woven.bench.code)
    assert word is not None
    onward = trace(woven.lead, word)
    assert texts(onward, Column.SAID) == ["« Un banc à l'ombre »"], "the other words of the line are not its thread"
    assert texts(onward, Column.LINE) == ["Un banc à l'ombre"]
    assert texts(onward, Column.COMMITMENT) == ["Poser dix assises"]
    assert set(texts(onward, Column.DONE)) == {
        "Le banc posé", "Cinq assises d'abord", "Point d'étape du 7 septembre 2026", "Le devis est signé",
    }  # fmt: skip
    assert texts(onward, Column.ANSWER) == ["Ce sera au printemps"]
    back = trace(woven.lead, (PROOF.name, woven.proof.pk))
    assert texts(back, Column.SAID)[0] == "« Un banc à l'ombre »"
    assert set(texts(back, Column.LINE)) == {"Un banc à l'ombre", "Des zinnias partout", "Un zinnia"}
    assert texts(back, Column.OBJECTIVE) == ["S'asseoir dehors"]
    assert "Des assises avant l'été" in texts(back, Column.SAID)
    assert texts(back, Column.ANSWER) == ["Ce sera au printemps"], "an answer goes back to all who are behind"


def test_every_piece_leads_somewhere_or_says_where_it_stops(woven: Any) -> None:
    found = trace(woven.lead, woven.place(woven.note("Rien encore")))
    assert found.missing == {
        Column.COMMITMENT: "À relier : aucun engagement n'y répond encore.",
        Column.ANSWER: "Pas encore de réponse.",
    }
    alone = trace(woven.lead, (COMMITMENT.name, woven.commit("Repeindre").pk))
    assert alone.is_alone
    assert set(alone.missing) == {Column.LINE, Column.DONE}
    assert trace(woven.lead, woven.place(woven.bench)).missing == {}


def test_the_last_published_answer_is_the_answer_and_a_draft_is_for_the_team(woven: Any, reader: Actor) -> None:
    place = woven.place(woven.bench)
    woven.reply(woven.bench, "Finalement, en mai")
    woven.reply(woven.bench, "Ou en juin", published=False)
    assert texts(trace(reader, place), Column.ANSWER) == ["Finalement, en mai"]
    assert sorted(texts(trace(woven.lead, place), Column.ANSWER)) == ["Finalement, en mai", "Ou en juin"]


def test_check_ins_are_news_the_last_first_and_nothing_is_done_by_them(woven: Any, reader: Actor) -> None:
    commitment = woven.commit("Réparer l'ascenseur")
    woven.link(commitment, woven.bench)
    for n in range(8):
        woven.tell(commitment, f"Étape {n}" if n else "")
    place = (COMMITMENT.name, commitment.pk)
    found = trace(woven.lead, place)
    assert plain(texts(found, Column.DONE)[-1]) == "2 autres réponses aux points d'étape"
    assert texts(found, Column.DONE)[:-1] == [f"Étape {n}" for n in range(7, 1, -1)]
    assert found.missing[Column.DONE] == "Rien n'est encore confirmé."
    assert found.pieces[Column.DONE][0].label == "réponse au point d'étape, 14 septembre 2026"
    alone = woven.commit("Repeindre")
    woven.tell(alone, "")
    (said,) = trace(reader, (COMMITMENT.name, alone.pk)).pieces[Column.DONE]
    assert (said.text, said.state, said.tone) == ("En cours", "en cours", "info")


def test_a_round_leads_back_to_all_that_it_asked_and_is_for_the_team(woven: Any, reader: Actor) -> None:
    place = (ROUND.name, woven.round.pk)
    found = trace(woven.lead, place)
    assert plain(found.itself.label) == "point d'étape, 1 réponse sur 1"
    assert texts(found, Column.COMMITMENT) == ["Poser dix assises"]
    assert "Un banc à l'ombre" in texts(found, Column.LINE)
    assert find(reader, ROUND.name, woven.round.code) is None
    seen = texts(trace(reader, (COMMITMENT.name, woven.commitment.pk)), Column.DONE)
    assert "Le devis est signé" in seen, "what was answered is on the commitment's own page"
    assert "Point d'étape du 7 septembre 2026" not in seen


def test_a_commitment_says_where_it_stands(woven: Any) -> None:
    found = trace(woven.lead, (COMMITMENT.name, woven.commitment.pk))
    assert (found.itself.label, found.itself.state, found.itself.tone) == (
        "engagement, Ville de Val-Clair", "tenu", "success"
    )  # fmt: skip


def test_a_line_gathered_without_words_is_a_piece_too(woven: Any) -> None:
    reported = Statement(
        space=woven.lead.space, heading=woven.heading, reported_wording="Assises", reported_occurrences=9
    )
    reported.root = woven.bench
    reported.save(force_insert=True)
    found = trace(woven.lead, woven.place(woven.bench))
    assert texts(found, Column.SAID)[-1] == "Assises"
    assert plain(found.itself.label) == "ligne de synthèse, dit 15 fois"
    assert "paroles d'origine non fournies" in found.pieces[Column.SAID][-1].label


@pytest.mark.parametrize("role", list(Role))
def test_raw_words_are_shown_to_those_who_hear_them_and_to_nobody_else(woven: Any, member: Any, role: Role) -> None:
    """From every thing of the space, to every other: all roles, all pieces."""
    actor, seen = member(role), ""
    woven.reply(woven.masked, f"Peut-être des {PRIVATE}s", published=False)
    woven.promised(f"Des {PRIVATE}s partout", published=False)
    for place in everything(actor):
        found = trace(actor, place)
        seen += " ".join(f"{piece.text} {piece.label} {piece.state}" for p in found.pieces.values() for piece in p)
        if not any(kind.rows(actor).filter(pk=place[1]).exists() for kind in (HOUSE.things[place[0]],)):
            assert find(actor, place[0], str(place[1])) is None
    assert (RAW in seen) == (role in HEAR_RAW)
    assert ("Une fleur" in seen) == (role not in HEAR_RAW), "the others read the public copy, masked"
    assert (UNPUBLISHED in seen) == (role not in HEAR_RAW)
    assert ("des habitants" in seen) == (role in HEAR_RAW), "who speaks may point at somebody"
    assert (PRIVATE in seen) == (role in TEAM)


def test_what_is_not_published_is_not_even_counted_for_the_others(woven: Any, reader: Actor) -> None:
    for n in range(9):
        woven.promised(f"Promesse {n}", published=n == 0)
    place = (COMMITMENT.name, woven.commitment.pk)
    assert len([one for one in texts(trace(woven.lead, place), Column.SAID) if "paroles données" in one]) == 1
    shown = texts(trace(reader, place), Column.SAID)
    assert [one for one in shown if "paroles données" in one] == []
    assert {"Promesse 0", "Des assises avant l'été"} <= set(shown)


def test_words_of_an_unpublished_comptoir_stand_together(woven: Any, reader: Actor) -> None:
    found = trace(reader, (COMMITMENT.name, woven.commitment.pk))
    (hidden,) = [piece for piece in found.pieces[Column.LINE] if not piece.url]
    assert (plain(hidden.text), hidden.label) == ("1 autre ligne", UNPUBLISHED)
    alone = trace(reader, woven.place(woven.secret))
    assert alone.itself.text == UNPUBLISHED
    assert [plain(text) for text in texts(alone, Column.SAID)] == ["1 parole"]


def test_the_public_copy_leads_to_the_version_that_its_reader_may_open(woven: Any, reader: Actor) -> None:
    urls = {
        actor.role: trace(actor, woven.place(woven.bench)).itself.url for actor in (woven.lead, reader)
    }  # fmt: skip
    base = f"/val-clair/comptoirs/{woven.workshop.code}"
    assert urls[Role.PROJECT_LEAD] == f"{base}/lignes/{woven.bench.code}/"
    assert urls[Role.READER] == f"{base}/synthese/1/lignes/{woven.bench.code}/"


def test_a_long_thread_is_counted_rather_than_drawn(woven: Any) -> None:
    for n in range(40):
        woven.link(woven.commit(f"Engagement {n}"), woven.bench)
    for n in range(20):
        voices.gather(actor=woven.lead, kept=woven.bench, absorbed=woven.note(f"Banc {n}", 2, woven.heading))
    found = trace(woven.lead, woven.place(woven.bench))
    drawn = found.pieces[Column.COMMITMENT]
    assert len(drawn) == DRAWN + 1
    assert (plain(drawn[-1].text), drawn[-1].label) == ("35 autres engagements", "35 à préciser")
    assert plain(texts(found, Column.SAID)[-1]) == "17 autres paroles, 33 fois en tout"
    assert (found.pieces[Column.SAID][-1].key, found.here) in found.links


def test_a_thread_costs_as_many_questions_whatever_its_length(woven: Any, member: Any) -> None:
    def questions(actor: Actor) -> int:
        with CaptureQueriesContext(connection) as asked:
            trace(actor, (PROOF.name, woven.proof.pk))
        return len(asked)

    before = [questions(woven.lead), questions(member(Role.READER))]
    for n in range(20):
        line = woven.note(f"Une chose {n}")
        woven.link(woven.commitment, line)
        actions.cite(actor=woven.lead, objective=woven.objective, statement=line)
        woven.promised(f"Promesse {n}")
    assert [questions(woven.lead), questions(member(Role.READER))] == before
    assert max(before) <= 8


def test_find_gives_nothing_that_is_not_there(woven: Any, stranger: Actor) -> None:
    codes = {
        WORD: woven.bench.code, LINE: woven.bench.code, OBJECTIVE: woven.objective.code,
        COMMITMENT: woven.commitment.code, PROOF: woven.proof.code, ANSWER: woven.answer.code,
        PROMISE: woven.promise.code, ROUND: woven.round.code, REPLY: str(woven.told.pk),
        HOUSE.things["decision"]: str(woven.decision.pk),
    }  # fmt: skip
    for kind, code in codes.items():
        assert find(woven.lead, kind.name, code), kind.name
        assert find(stranger, kind.name, code) is None, kind.name
        assert find(woven.lead, kind.name, "personne") is None
    assert find(woven.lead, "rumeur", woven.bench.code) is None
    assert set(codes) | {UNDER} == set(HOUSE.things.values())


# Both ways ------------------------------------------------------------------------------------------------------------
def check_both_ways(actor: Actor) -> set[tuple[Any, Any]]:
    """Guarantee 6: what is found one way is found the other. Returns all links."""
    after, before = set(), set()
    reached: dict[Any, set[Any]] = {}
    coming: dict[Any, set[Any]] = {}
    for place in everything(actor):
        edges = edges_of(actor.space, place)
        after |= {(edge.before, edge.after) for edge in edges if edge.before == place}
        before |= {(edge.before, edge.after) for edge in edges if edge.after == place}
        depth = HOUSE.depth[place[0]]
        reached[place] = {e.after for e in edges if HOUSE.depth[e.before[0]] >= depth and e.before != e.after}
        coming[place] = {e.before for e in edges if HOUSE.depth[e.after[0]] <= depth}
    assert after == before
    for place, found in reached.items():
        for other in found:
            assert place in coming[other], (place, other)
    return after


def test_reading_forward_then_backward_finds_the_same_links(woven: Any) -> None:
    found = check_both_ways(woven.lead)
    assert {(a[0], b[0]) for a, b in found} == {(link.before.name, link.after.name) for link in LINKS} - {
        (UNDER.name, LINE.name)
    }


@pytest.mark.parametrize("cut", ["link", "cite", "proof", "decision", "answer", "promise", "commitment", "line"])
def test_a_link_withdrawn_disappears_both_ways(woven: Any, cut: str) -> None:
    lead, before = woven.lead, check_both_ways(woven.lead)
    match cut:
        case "link":
            commitments.unlink(actor=lead, commitment=woven.commitment, statement=woven.bench)
            gone = {(woven.place(woven.bench), (COMMITMENT.name, woven.commitment.pk))}
        case "cite":
            actions.uncite(actor=lead, objective=woven.objective, statement=woven.masked)
            gone = {(woven.place(woven.masked), (OBJECTIVE.name, woven.objective.pk))}
        case "proof":
            commitments.withdraw_evidence(actor=lead, evidence=woven.proof)
            gone = {edge for edge in before if edge[1] == (PROOF.name, woven.proof.pk)}
        case "commitment":
            commitments.withdraw(actor=lead, commitment=woven.commitment)
            gone = {edge for edge in before if (COMMITMENT.name, woven.commitment.pk) in edge}
        case "line":
            voices.withdraw(actor=lead, line=woven.secret)
            gone = {edge for edge in before if woven.place(woven.secret) in edge}
        case _:
            row = getattr(woven, cut)
            type(row).objects.filter(pk=row.pk).update(withdrawn_at=row.pk and woven.workshop.created_at)
            kind = {"decision": "decision", "answer": ANSWER.name, "promise": PROMISE.name}[cut]
            gone = {edge for edge in before if (kind, row.pk) in edge}
    assert gone
    assert check_both_ways(lead) == before - gone


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["link", "unlink", "cite", "uncite", "gather", "separate", "withdraw"]),
              st.integers(0, 5), st.integers(0, 5)), max_size=8,
)  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OPERATIONS)
def test_both_ways_agree_whatever_people_do(woven: Any, operations: list[tuple[str, int, int]]) -> None:
    with undone():
        things = [woven.commitment, *(woven.commit(f"Engagement {n}", woven.objective) for n in range(2))]
        for verb, first, second in operations:
            lines = list(Statement.objects.live().filter(space=woven.lead.space).order_by("pk"))
            line, other = lines[first % len(lines)], lines[second % len(lines)]
            with_line = {"actor": woven.lead, "statement": line}
            match verb:
                case "link" | "unlink":
                    getattr(commitments, verb)(commitment=things[second % len(things)], **with_line)
                case "cite" | "uncite":
                    getattr(actions, verb)(objective=woven.objective, **with_line)
                case "gather":
                    if line.is_root and other.is_root and line.heading_id == other.heading_id and line != other:
                        voices.gather(actor=woven.lead, kept=line, absorbed=other)
                case "separate":
                    if not line.is_root:
                        voices.separate(actor=woven.lead, line=line)
                case "withdraw":
                    if len(lines) > 2 and line.is_root and not line.gathered.exclude(pk=line.pk).exists():
                        voices.withdraw(actor=woven.lead, line=line)
        check_both_ways(woven.lead)


# One declaration ------------------------------------------------------------------------------------------------------
def test_a_new_kind_of_link_is_one_declaration(woven: Any) -> None:
    """Here: a proof of a commitment becomes the start of another. No other line changes."""
    action = replace(COMMITMENT, name="action", one="action", many="actions", column=Column.DONE)
    later = LinkKind(
        "commitment_to_action", COMMITMENT, action, start="commitment", end="pk",
        rows=lambda space: StatementLink.objects.filter(statement__space=space, statement=woven.masked),
    )  # fmt: skip
    woven.link(woven.commitment, woven.masked)
    row = StatementLink.objects.get(statement=woven.masked)
    plan = Plan((*LINKS, later))
    assert plan.depth["action"] == plan.depth[COMMITMENT.name] + 1
    edges = {(e.before, e.after) for e in edges_of(woven.lead.space, (COMMITMENT.name, woven.commitment.pk), plan)}
    assert ((COMMITMENT.name, woven.commitment.pk), ("action", row.pk)) in edges
    back = {e.before for e in edges_of(woven.lead.space, ("action", row.pk), plan)}
    assert woven.place(woven.bench) in back


def test_links_that_turn_in_a_circle_are_refused() -> None:
    circle = LinkKind("back", COMMITMENT, LINE, lambda space: Commitment.objects.filter(space=space), "pk", "pk")
    with pytest.raises(ValueError, match="circle"):
        Plan((*LINKS, circle))
