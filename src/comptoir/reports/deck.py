"""The slides and the poster of a frozen evaluation: one question a slide, what is judged side by side."""

from textwrap import shorten

from comptoir.analysis.documents import Cell, Deck, Figure, Look, Slide, Table, Words
from comptoir.evaluation.frozen import Advised, Asked, Content
from comptoir.kit.french import times
from comptoir.reports.evaluation import day, told_beside, told_piece, told_recommendation

FIGURES, WORDS = 2, 1  # on a slide; all are in its notes
QUOTE, ADVICE = 220, 150  # signs of a quote, of a recommendation: the whole is in the notes
PER_SLIDE = 4  # recommendations on one slide
MASKED = " · petits nombres masqués depuis"
NO_ANSWER = "Pas encore de réponse écrite."


def deck_of(content: Content, *, look: Look, state: str, seal: str) -> Deck:
    """What a room is shown of a state. Nothing here is read elsewhere than in `content`."""
    evaluation = content["evaluation"]
    slides = [*_purpose(content), *(_asked(one, rank) for rank, one in enumerate(content["questions"], 1))]
    return Deck(
        title=evaluation["name"], subtitle=f"{evaluation['contract']} · {state}, {day(content['frozen_on'])}",
        slides=(*slides, *_recommendations(content["recommendations"])), look=look,
        source=f"État figé le {day(content['frozen_on'])} · empreinte {seal[:12]}{MASKED if 'note' in content else ''}",
    )  # fmt: skip


def _purpose(content: Content) -> list[Slide]:
    framing = content["framing"]
    if not framing["why"]:
        return []
    signed = (f"Cadrage signé par {framing['signed_by']}, {day(framing['signed_on'])}.",) if framing["version"] else ()
    asked = tuple(f"{rank}. {one['text']}" for rank, one in enumerate(content["questions"], 1))
    return [Slide("À quoi sert cette évaluation", framing["why"], points=signed, notes=asked)]


def _asked(question: Asked, rank: int) -> Slide:
    evidence = question["evidence"]
    figures = [
        Figure(
            f"{one['figure']} {one['unit']}".strip(), one["text"],
            ", ".join(part for part in (one["period"], one["whence"]) if part),
        )
        for one in evidence if one["figure"] and not one["silent"]
    ]  # fmt: skip
    said = [
        Words(shorten(one["quote"]["text"], QUOTE, placeholder=" …"), f"{times(one['occurrences'])}, {one['workshop']}")
        for one in evidence if one["quote"] and one["quote"]["text"]
    ]  # fmt: skip
    points = [] if figures else [told_piece(one) for one in evidence if not one["quote"]][:FIGURES]
    notes = [f"{one['college'].capitalize()} : {one['verdict_label']}. {one['reasons']}" for one in question["judged"]]
    return Slide(
        f"{rank}. {question['text']}", question["answer"] or NO_ANSWER, tuple(figures[:FIGURES]), tuple(said[:WORDS]),
        tuple(points), _judged(question), (*notes, *(told_piece(one) for one in evidence), *_figures(question)),
    )  # fmt: skip


def _figures(question: Asked) -> list[str]:
    """The indicators followed and what residents feel, in sentences, for whoever speaks."""
    told = []
    for one in question["followed"]:
        lines = " ; ".join(f"{line['place']} : {line['text'] or line['why']}" for line in one["lines"])
        told.append(f"{one['name']}, {one['vintage']}. {lines}.")
    for felt in question["felt"]:
        told += [felt["said"], *(told_beside(beside) for beside in felt["beside"])] if felt["said"] else []
    return told


def _judged(question: Asked) -> Table | None:
    """A college a column: its verdict, and how sure it is."""
    judged = question["judged"]
    if not judged:
        return None
    apart = " : ils ne sont pas d'accord" if question["apart"] else ""
    row = tuple(Cell((one["verdict_label"].capitalize(), f"confiance {one['confidence']}")) for one in judged)
    return Table(f"Ce que chaque collège en juge{apart}", tuple(one["college"].capitalize() for one in judged), (row,))


def _recommendations(found: list[Advised]) -> list[Slide]:
    parts = [found[at : at + PER_SLIDE] for at in range(0, len(found), PER_SLIDE)]
    return [
        Slide(
            "Recommandations" if len(parts) == 1 else f"Recommandations ({number} sur {len(parts)})",
            table=Table(
                "Recommandations", ("Quoi", "À qui", "Pour quand", "Où en est-on"),
                tuple(_advised(one) for one in part),
            ),
            notes=tuple(told_recommendation(one) for one in part),
        )
        for number, part in enumerate(parts, 1)
    ]  # fmt: skip


def _advised(one: Advised) -> tuple[Cell, ...]:
    texts = (
        shorten(one["text"], ADVICE, placeholder=" …"), one["signatory"] or "à préciser",
        day(one["due_on"]) if one["due_on"] else "à préciser", one["state"] or "proposée",
    )  # fmt: skip
    return tuple(Cell((text,)) for text in texts)
