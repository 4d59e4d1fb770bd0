"""The report of an evaluation: what it is for, what each college judges, on what evidence, what is recommended.

It is made of a frozen content, or of that of today: one builder, so that they cannot differ.
"""

from datetime import date

from django.urls import reverse
from django.utils import formats

from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Look, Paragraph, Table
from comptoir.evaluation.frozen import Advised, Asked, Content, Piece
from comptoir.evaluation.frozen_figures import BesideThen
from comptoir.kit.french import times
from comptoir.observatory.showing import ABSENT
from comptoir.spaces.mail import absolute

JUDGED = ("Collège", "Réponse", "Confiance", "Raisons", "Rendu par")
FIGURES = ("Territoire", "Valeur", "À savoir")
ERASED = "parole effacée à la demande de la personne"


def evaluation_document(content: Content, *, slug: str, look: Look, state: str = "") -> Document:
    """The report. Under each question, the address where its evidence opens. `state`: the name of the frozen state."""
    note = content.get("note", "")
    blocks: list[Block] = [*([Paragraph(note)] if note else []), *_framing(content)]
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
    blocks += [*_followed(question, slug), *_felt(question)]
    if question["missing"]:
        blocks.append(Paragraph(f"Il manque {', '.join(question['missing'])}.", small=True))
    address = absolute(reverse("question", args=(slug, evaluation, question["code"])))
    blocks.append(Paragraph(f"Les pièces s'ouvrent ici : {address}", small=True))
    return blocks


def _followed(question: Asked, slug: str) -> list[Block]:
    """A table for each indicator followed, and the address where it opens."""
    blocks: list[Block] = [Heading(2, "Les indicateurs suivis")] if question["followed"] else []
    for one in question["followed"]:
        rows = tuple(
            (Cell((line["place"],)), Cell((line["text"] or ABSENT,)), Cell((line["why"],) if line["why"] else ()))
            for line in one["lines"]
        )
        address = absolute(reverse("observatory_indicator", args=(slug, one["code"])))
        blocks.append(Table(f"{one['name']}, {one['vintage']}", FIGURES, rows))
        blocks += [Paragraph(note, small=True) for note in one["notes"]]
        blocks.append(Paragraph(f"Source : {one['supplier']}. L'indicateur s'ouvre ici : {address}", small=True))
    return blocks


def _felt(question: Asked) -> list[Block]:
    """What residents feel, and under it the way of each figure."""
    blocks: list[Block] = [Heading(2, "Ce que ressentent les habitants")] if question["felt"] else []
    for one in question["felt"]:
        blocks.append(Paragraph(one["said"] or f"Rien n'en est montré ({one['why']})."))
        if one["beside"]:
            blocks.append(BulletList(tuple(told_beside(beside) for beside in one["beside"])))
        blocks.append(Paragraph(f"Source : {one['whence']}, recueilli le {day(one['gathered_on'])}.", small=True))
    return blocks


def told_beside(one: BesideThen) -> str:
    """A figure beside a feeling, in a sentence: how far apart, what the figure is, how it moved."""
    moved = f" : {one['moved']}" if one["moved"] else ""
    return f"{one['agreement'].capitalize()}. {one['sentence']} ({one['name']}{moved})"


def told_piece(one: Piece) -> str:
    """A piece of evidence in a sentence."""
    if one["quote"] is not None:
        said = f"« {one['quote']['text']} »" if one["quote"]["text"] else ERASED
        return f"{said}, {times(one['occurrences'])} ({one['workshop']})"
    if one["commitment"]:
        return f"Engagement de {one['signatory']} : {one['text']} ({one['state']})"
    if one["answers"]:
        said = ", ".join(f"{answer['label']} : {answer['text']}" for answer in one["answers"])
        silent = f" Là où l'on lit « tu » : {one['silent']}." if one["silent"] else ""
        return f"{one['text']} {said} ({one['whence']}, {one['period']}).{silent}"
    figure = f"{one['figure']} {one['unit']}, " if one["figure"] else ""
    source = ", ".join(part for part in (one["period"], one["whence"], one["silent"]) if part)
    return f"{figure}{one['text']}{f' ({source})' if source else ''}"


def told_recommendation(one: Advised) -> str:
    """A recommendation in sentences: to whom, by when, what it has become."""
    whom = f" À {one['signatory']}." if one["signatory"] else " À qui : à préciser."
    when = f" Pour le {day(one['due_on'])}." if one["due_on"] else ""
    became = f" Devenue un engagement ({one['state']})." if one["commitment"] else ""
    return f"{one['text'].rstrip('.')}.{whom}{when}{became}"
