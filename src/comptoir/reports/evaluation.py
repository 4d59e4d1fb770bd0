"""The report of an evaluation: what it is for, what each college judges, on what evidence, what is recommended.

It is made of a frozen content, or of that of today: one builder, so that they cannot differ.
"""

from datetime import date

from django.urls import reverse
from django.utils import formats

from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Look, Paragraph, Table
from comptoir.evaluation.frozen import Advised, Asked, Content, Piece
from comptoir.kit.french import times
from comptoir.spaces.mail import absolute

JUDGED = ("Collège", "Réponse", "Confiance", "Raisons", "Rendu par")
ERASED = "parole effacée à la demande de la personne"


def evaluation_document(content: Content, *, slug: str, look: Look, state: str = "") -> Document:
    """The report. Under each question, the address where its evidence opens. `state`: the name of the frozen state."""
    blocks: list[Block] = [*_framing(content)]
    for number, question in enumerate(content["questions"], start=1):
        blocks += _question(question, number, slug, content["evaluation"]["code"])
    if content["recommendations"]:
        told = tuple(told_recommendation(one) for one in content["recommendations"])
        blocks += [Heading(1, "Recommandations"), BulletList(told)]
    when = f"{f'{state}, figé' if state else ''} au {day(content['frozen_on'])}".strip()
    return Document(
        content["evaluation"]["name"], tuple(blocks), look=look,
        subtitle=f"{content['evaluation']['contract']} · {when}",
    )  # fmt: skip


def day(value: date) -> str:
    return formats.date_format(value, "j F Y")


def _framing(content: Content) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Le cadrage")]
    for part in content["framing"]["headings"]:
        if part["points"]:
            blocks.append(Heading(2, part["heading"]))
        for point in part["points"]:
            blocks += [Paragraph(point["question"], small=True), *(Paragraph(text) for text in point["lines"])]
    return blocks


def _question(question: Asked, number: int, slug: str, evaluation: str) -> list[Block]:
    blocks: list[Block] = [Heading(1, f"{number}. {question['text']}")]
    if question["answer"]:
        blocks.append(Paragraph(question["answer"]))
    if question["judged"]:
        rows = tuple(
            tuple(Cell((text,)) for text in (
                one["college"], one["verdict_label"], one["confidence"], one["reasons"],
                f"{one['given_by']}, {day(one['given_on'])}",
            ))
            for one in question["judged"]
        )  # fmt: skip
        blocks.append(Table("Ce que chaque collège en juge", JUDGED, rows))
        if question["apart"]:
            blocks.append(Paragraph("Les collèges ne sont pas d'accord. Aucune moyenne n'est faite."))
    else:
        blocks.append(Paragraph("Aucun collège n'a encore jugé."))
    if question["evidence"]:
        blocks += [Heading(2, "Sur quoi"), BulletList(tuple(told_piece(one) for one in question["evidence"]))]
    if question["missing"]:
        blocks.append(Paragraph(f"Il manque {', '.join(question['missing'])}.", small=True))
    address = absolute(reverse("question", args=(slug, evaluation, question["code"])))
    blocks.append(Paragraph(f"Les pièces s'ouvrent ici : {address}", small=True))
    return blocks


def told_piece(one: Piece) -> str:
    """A piece of evidence in a sentence."""
    if one["quote"] is not None:
        said = f"« {one['quote']['text']} »" if one["quote"]["text"] else ERASED
        return f"{said}, {times(one['occurrences'])} ({one['workshop']})"
    if one["commitment"]:
        return f"Engagement de {one['signatory']} : {one['text']} ({one['state']})"
    figure = f"{one['figure']} {one['unit']}, " if one["figure"] else ""
    source = ", ".join(part for part in (one["period"], one["whence"]) if part)
    return f"{figure}{one['text']}{f' ({source})' if source else ''}"


def told_recommendation(one: Advised) -> str:
    """A recommendation in sentences: to whom, by when, what it has become."""
    whom = f" À {one['signatory']}." if one["signatory"] else " À qui : à préciser."
    when = f" Pour le {day(one['due_on'])}." if one["due_on"] else ""
    became = f" Devenue un engagement ({one['state']})." if one["commitment"] else ""
    return f"{one['text'].rstrip('.')}.{whom}{when}{became}"
