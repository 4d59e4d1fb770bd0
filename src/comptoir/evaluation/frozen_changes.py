"""What changed from one frozen state to the next: pure, from their contents alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comptoir.evaluation.frozen import Advised, Asked, Content, Piece


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `what`: a few words; `about`: of what; `before` and `after`: empty where they say nothing."""

    what: str
    about: str
    before: str = ""
    after: str = ""


def changes(before: Content, after: Content) -> list[Change]:
    """The framing, the questions in the order of the later state, those that are gone, the recommendations."""
    found: list[Change] = []
    if before["framing"]["version"] != after["framing"]["version"]:
        found.append(Change("cadrage signé", after["framing"]["signed_by"]))
    earlier = {one["id"]: one for one in before["questions"]}
    for question in after["questions"]:
        known = earlier.pop(question["id"], None)
        if known is None:
            found.append(Change("nouvelle question", question["text"]))
        else:
            found += _of_question(known, question)
    found += [Change("question sortie", gone["text"]) for gone in earlier.values()]
    found += _recommendations(before["recommendations"], after["recommendations"])
    return found


def _of_question(before: Asked, after: Asked) -> Iterator[Change]:
    about = after["text"]
    if before["answer"] != after["answer"]:
        yield Change("réponse", about, before["answer"], after["answer"])
    said = {one["college"]: one["verdict_label"] for one in before["judged"]}
    for one in after["judged"]:
        if said.get(one["college"]) != one["verdict_label"]:
            yield Change(f"jugement : {one['college']}", about, said.get(one["college"], ""), one["verdict_label"])
    pieces = {piece["id"]: piece for piece in before["evidence"]}
    for piece in after["evidence"]:
        known = pieces.pop(piece["id"], None)
        if known is None:
            yield Change("pièce versée", about, after=_told(piece))
        elif known["state"] != piece["state"]:
            yield Change("engagement", piece["text"], known["state"], piece["state"])
        elif _told(known) != _told(piece):
            yield Change("pièce", about, _told(known), _told(piece))
    for piece in pieces.values():
        yield Change("pièce retirée", about, _told(piece))


def _told(piece: Piece) -> str:
    """The piece in a few words. An erased quote says so, and is no change by itself."""
    if piece["quote"] is not None:
        return f"une parole de « {piece['workshop']} »"
    return " ".join(part for part in (piece["figure"], piece["unit"], piece["text"]) if part)


def _recommendations(before: list[Advised], after: list[Advised]) -> Iterator[Change]:
    earlier = {one["id"]: one for one in before}
    for one in after:
        known = earlier.pop(one["id"], None)
        if known is None:
            yield Change("nouvelle recommandation", one["text"])
            continue
        if not known["commitment"] and one["commitment"]:
            yield Change("devenue un engagement", one["text"], after=one["state"])
        elif known["state"] != one["state"]:
            yield Change("recommandation", one["text"], known["state"], one["state"])
        if known["due_on"] != one["due_on"]:
            yield Change("échéance", one["text"], _day(known["due_on"]), _day(one["due_on"]))
    yield from (Change("recommandation retirée", gone["text"]) for gone in earlier.values())


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else "à préciser"
