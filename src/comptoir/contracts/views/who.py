"""« Qui fait quoi », the matrix of competences, and the parts of one signatory."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.actions import set_competences, take_up_usual
from comptoir.contracts.enums import Part
from comptoir.contracts.kinds import usual_parts
from comptoir.contracts.models import CityContract, Competence
from comptoir.contracts.overview import Standing, standings
from comptoir.contracts.rules import may_edit_card, may_edit_cards, may_edit_contract, may_see_details
from comptoir.contracts.themes import SUB_THEMES, THEMES
from comptoir.contracts.views.shared import contract_for, editable_signatory, page, today, url
from comptoir.contracts.who import LETTERS, Block, answers, matrix


def _blocks(contract: CityContract, found: list[Standing]) -> list[Block]:
    held = Competence.objects.filter(signatory__contract=contract, signatory__withdrawn_at=None).order_by("pk")
    return matrix([one.signatory for one in found], held)


@require_safe
@in_space(is_member)
def who_does_what(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    asked = request.GET.get("q", "")[:100]
    standing = standings(found, today())
    return page(
        request, "contracts/who_does_what.html", found, "who_does_what",
        asked=asked, answers=answers(standing, _blocks(found, standing), asked), standings=standing,
        day=today(), sees_details=may_see_details(request.actor), may_edit=may_edit_contract(request.actor),
    )  # fmt: skip


@require_safe
@in_space(is_member)
def competences(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    standing = standings(found, today())
    blocks = _blocks(found, standing)
    lines = [line for block in blocks for line in block.lines]
    gaps = sum(any(gap for _, gap in line.findings) for line in lines)
    overlaps = sum(any(not gap for _, gap in line.findings) for line in lines)
    columns = [(one.signatory, may_edit_card(request.actor, one.signatory)) for one in standing]
    return page(
        request, "contracts/competences.html", found, "competences",
        blocks=blocks, columns=columns, gaps=gaps, overlaps=overlaps,
        legend=[(LETTERS[part], part.label) for part in Part],
        may_edit=may_edit_contract(request.actor), has_usual=any(c.usual for line in lines for c in line.cells),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_edit_cards)
def competences_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = editable_signatory(request, found, item)
    if request.method == "POST":
        pairs = [tuple(value.split(":", 1)) for value in request.POST.getlist("part") if ":" in value]
        set_competences(actor=request.actor, signatory=shown, parts=[(pair[0], pair[1]) for pair in pairs])
        messages.success(request, "Les compétences sont enregistrées.")
        return redirect(url(request, "competences", code))
    held = {(one.theme, one.part) for one in shown.competences.all()}
    usual = usual_parts(shown.kind)
    blocks = [
        {
            "theme": theme,
            "lines": [
                {
                    "theme": sub,
                    "usual": ", ".join(str(part.label) for part in usual.get(sub.code, ())),
                    "boxes": [(f"{sub.code}:{part}", part.label, (sub.code, part) in held) for part in Part],
                }
                for sub in SUB_THEMES
                if sub.parent == theme.code
            ],
        }
        for theme in THEMES
        if not theme.is_sub
    ]
    return page(
        request, "contracts/competences_edit.html", found, "competences",
        signatory=shown, blocks=blocks, has_usual=bool(usual), parts=[part.label for part in Part],
    )  # fmt: skip


@require_POST
@in_space(may_edit_cards)
def competences_usual(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    shown = editable_signatory(request, contract_for(request, code), item)
    added = take_up_usual(actor=request.actor, signatory=shown)
    messages.success(
        request,
        "Les parts habituelles sont reprises : corrigez ce qui est autrement ici." if added else "Rien à ajouter.",
    )
    return redirect(url(request, "competences_edit", code, item))
