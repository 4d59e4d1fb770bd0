"""The links to documents that the pages of comptoirs show, through their slots."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.analysis.documents import DECK_FORMATS, FORMATS
from comptoir.contracts.models import CityContract, Signatory
from comptoir.evaluation.models import Evaluation, Restitution
from comptoir.evaluation.rules import may_take_extract
from comptoir.kit.slots import Piece
from comptoir.reports.signatory_sheets import SUFFIXES
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.rules import may_read as may_take_version

SHEETS = frozenset({"csv", "xlsx"})  # a report is read, not computed on
FIRST = 3  # formats shown at once: to print or hand over, to amend

__all__ = ["may_take_draft", "may_take_report", "may_take_version", "of_drafts", "of_evaluations", "of_versions"]


def may_take_draft(actor: Actor, workshop: Workshop) -> bool:
    """A draft is made of raw notes: those who hear them, in their own space."""
    return workshop.space_id == actor.space.pk and may_hear_raw(actor)


def of_drafts(actor: Actor, workshops: Sequence[Workshop]) -> Mapping[UUID, Sequence[Piece]]:
    return {w.pk: [_links(actor, w.code, "brouillon")] for w in workshops}


def of_versions(actor: Actor, versions: Sequence[SynthesisVersion]) -> Mapping[UUID, Sequence[Piece]]:
    return {v.pk: [_links(actor, v.workshop.code, str(v.number))] for v in versions}


def may_take_report(actor: Actor, evaluation: Evaluation | Restitution) -> bool:
    """Every member of the space takes the report away: it says what its pages say."""
    return evaluation.space_id == actor.space.pk


def of_evaluations(actor: Actor, evaluations: Sequence[Evaluation]) -> Mapping[UUID, Sequence[Piece]]:
    return {
        one.pk: [_piece((known.label, reverse("evaluation_document", args=(actor.space.slug, one.code, suffix)))
                        for suffix, known in FORMATS.items() if suffix not in SHEETS)]
        for one in evaluations
    }  # fmt: skip


def of_restitutions(actor: Actor, restitutions: Sequence[Restitution]) -> Mapping[UUID, Sequence[Piece]]:
    pieces = {one.pk: [_shown(actor, one), _report(actor, one)] for one in restitutions}
    if may_take_extract(actor):
        for one in restitutions:
            url = reverse("restitution_extract", args=(actor.space.slug, one.code))
            pieces[one.pk].append(Piece("reports/parts/extract.html", {"url": url}))
    return pieces


def _shown(actor: Actor, one: Restitution) -> Piece:
    links = [
        {"label": known.label, "url": reverse("restitution_deck", args=(actor.space.slug, one.code, kind))}
        for kind, known in DECK_FORMATS.items()
    ]
    return Piece("reports/parts/sheets.html", {"links": links, "label": "À montrer", "zipped": False})


def _report(actor: Actor, one: Restitution) -> Piece:
    links = [
        {"label": known.label, "url": reverse("restitution_document", args=(actor.space.slug, one.code, suffix))}
        for suffix, known in FORMATS.items() if suffix not in SHEETS
    ]  # fmt: skip
    return Piece("reports/parts/sheets.html", {"links": links, "label": "Le rapport", "zipped": False})


def may_take_sheet(actor: Actor, thing: Signatory | CityContract) -> bool:
    """Every member reads the commitments of the space: they take the sheets too."""
    return thing.space_id == actor.space.pk


def of_signatories(actor: Actor, signatories: Sequence[Signatory]) -> Mapping[UUID, Sequence[Piece]]:
    return {one.pk: [_sheets(actor, "signatory_sheet", one.code, "La fiche à signer")] for one in signatories}


def of_contracts(actor: Actor, contracts: Sequence[CityContract]) -> Mapping[UUID, Sequence[Piece]]:
    return {one.pk: [_sheets(actor, "signatory_sheets", one.code, "Toutes les fiches")] for one in contracts}


def _sheets(actor: Actor, name: str, code: str, label: str) -> Piece:
    links = [
        {"label": FORMATS[suffix].label, "url": reverse(name, args=(actor.space.slug, code, suffix))}
        for suffix in SUFFIXES
    ]
    return Piece("reports/parts/sheets.html", {"links": links, "label": label, "zipped": name == "signatory_sheets"})


def _links(actor: Actor, code: str, version: str) -> Piece:
    return _piece(
        (known.label, reverse("synthesis_document", args=(actor.space.slug, code, version, suffix)))
        for suffix, known in FORMATS.items()
    )


def _piece(found: Iterable[tuple[str, str]]) -> Piece:
    links = [{"label": label, "url": url} for label, url in found]
    return Piece("reports/parts/documents.html", {"first": links[:FIRST], "others": links[FIRST:]})
