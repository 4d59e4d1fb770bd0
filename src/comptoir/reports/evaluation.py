"""The report of an evaluation: what it is for, what each college judges, on what evidence, what is recommended."""

from datetime import date

from django.urls import reverse
from django.utils import formats

from comptoir.accounts.models import Actor
from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Paragraph, Table
from comptoir.evaluation.models import Evaluation, Recommendation
from comptoir.evaluation.reading import Evidence, Row, board_of, evidence_of
from comptoir.evaluation.sheet import Sheet, sheet_of
from comptoir.kit.french import times
from comptoir.reports.look import look_of
from comptoir.spaces.mail import absolute

JUDGED = ("Collège", "Réponse", "Confiance", "Raisons", "Rendu par")


def evaluation_document(actor: Actor, evaluation: Evaluation, on: date) -> Document:
    """The report as it stands on a day. Under each question, the address where its evidence opens."""
    sheet = sheet_of(evaluation)
    blocks: list[Block] = [*_framing(sheet)]
    for number, row in enumerate(board_of(actor, evaluation, on).kept, start=1):
        blocks += _question(actor, row, number, on)
    shown = evaluation.recommendations.filter(withdrawn_at=None)
    found = shown.select_related("signatory__organisation", "commitment").order_by("made_on", "pk")
    if found:
        blocks += [Heading(1, "Recommandations"), BulletList(tuple(_recommendation(one) for one in found))]
    return Document(
        evaluation.name, tuple(blocks), look=look_of(actor.space),
        subtitle=f"{evaluation.contract.name} · au {formats.date_format(on, 'j F Y')}",
    )  # fmt: skip


def _framing(sheet: Sheet) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Le cadrage")]
    for heading, lines in sheet.headings:
        held = [line for line in lines if line.lines]
        if held:
            blocks.append(Heading(2, str(heading.label)))
        for line in held:
            blocks += [Paragraph(line.question, small=True), *(Paragraph(text) for text in line.lines)]
    return blocks


def _question(actor: Actor, row: Row, number: int, on: date) -> list[Block]:
    question = row.question
    address = absolute(reverse("question", args=(actor.space.slug, question.evaluation.code, question.code)))
    blocks: list[Block] = [Heading(1, f"{number}. {question.text}")]
    judged = [said for said in row.judged if said.judgement]
    if judged:
        rows = tuple(
            tuple(Cell((text,)) for text in (
                str(said.college.label), one.get_verdict_display(), one.get_confidence_display(), one.reasons,
                f"{one.given_by}, {formats.date_format(one.given_on, 'j F Y')}",
            ))
            for said in judged if (one := said.judgement)
        )  # fmt: skip
        blocks.append(Table("Ce que chaque collège en juge", JUDGED, rows))
        if row.apart:
            blocks.append(Paragraph("Les collèges ne sont pas d'accord. Aucune moyenne n'est faite."))
    else:
        blocks.append(Paragraph("Aucun collège n'a encore jugé."))
    evidence = evidence_of(question, on)
    if evidence:
        blocks += [Heading(2, "Sur quoi"), BulletList(tuple(_told(one) for one in evidence))]
    if row.readiness.missing:
        blocks.append(Paragraph(f"Il manque {', '.join(row.readiness.missing)}.", small=True))
    blocks.append(Paragraph(f"Les pièces s'ouvrent ici : {address}", small=True))
    return blocks


def _told(one: Evidence) -> str:
    finding = one.finding
    if finding.line is not None:
        return f"« {one.text} », {times(one.said)} ({finding.line.version.workshop.title})"
    if finding.commitment is not None:
        return f"Engagement de {finding.commitment.signatory.organisation.name} : {one.text} ({one.state})"
    figure = f"{formats.number_format(finding.figure.normalize(), use_l10n=True)} {finding.unit}, " if (
        finding.figure is not None
    ) else ""  # fmt: skip
    source = ", ".join(part for part in (finding.period, finding.whence) if part)
    return f"{figure}{one.text}{f' ({source})' if source else ''}"


def _recommendation(one: Recommendation) -> str:
    whom = f" À {one.signatory.organisation.name}." if one.signatory else " À qui : à préciser."
    when = f" Pour le {formats.date_format(one.due_on, 'j F Y')}." if one.due_on else ""
    return f"{one.text.rstrip('.')}.{whom}{when}{' Devenue un engagement.' if one.commitment else ''}"
