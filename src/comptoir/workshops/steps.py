"""The five steps from notes to a synthesis, as every page of a comptoir shows them."""

from collections.abc import Iterable

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.workshops.models import Import, Workshop
from comptoir.workshops.rules import may_import
from comptoir.workshops.sheets import Totals

LABELS = ("Coller ou importer", "Compris, à vérifier", "Se ressemblent ?", "Relire ensemble", "Télécharger")


def steps(
    actor: Actor,
    current: int,
    *,
    workshop: Workshop | None = None,
    source: Import | None = None,
    here: bool = True,
    empty: bool = False,
) -> list[dict[str, str]]:
    """The steps with their state, and the address of those open to this actor. `current` counts from 1.

    `here` is false on a page that stands before the steps: the current one then has its address too. Nothing is done
    where the workshop is `empty`.
    """
    slug = actor.space.slug
    urls = ["", "", "", "", ""]
    if may_import(actor):
        urls[0] = reverse("import_new", args=(slug,))
    if source:
        urls[1] = reverse("import", args=(slug, source.code))
    if workshop:
        code = workshop.code
        urls[0] += f"?comptoir={code}" if urls[0] else ""
        urls[2:] = [reverse(name, args=(slug, code)) for name in ("resemblances", "boards", "synthesis")]
    return [
        {
            "label": label,
            "state": "current" if i == current else "done" if i < current and not empty else "todo",
            "url": "" if here and i == current else urls[i - 1],
        }
        for i, label in enumerate(LABELS, 1)
    ]


def next_step(totals: Iterable[Totals], *, frozen: bool) -> int:
    """Where a workshop stands: what to bring in, to compare, to reread, or to hand over."""
    totals = list(totals)
    if not any(entry.lines for entry in totals):
        return 1
    if any(entry.suggestions for entry in totals):
        return 3
    return 5 if frozen else 4
