"""What people bring to a comptoir, and how a test reads a board."""

from collections.abc import Callable

from comptoir.voices.models import Statement, counts
from comptoir.workshops.models import Workshop

NOTES = """\
Sujet;Colonne;Note;Table;Nombre
Habitants;Essai à transformer;Le café du mardi au pied de la tour;Bleue;3
Habitants;Essai à transformer;Café du mardi en bas de la tour;Verte;1
Habitants;Pièges à éviter;Toujours les mêmes personnes;Bleue;2
Élus;Pièges à éviter;=Venir seul à la fin;Verte;1
"""
SYNTHESIS = """\
# Synthèse du préau

Trois soirées, trois tables.

## Atelier : Habitant·e·s

Intérêt\tEssai à transformer\tPièges à éviter
Ils savent où ça coince **\tLe goûter du jeudi ***\tPromettre trop vite
\tUn tour du quartier à pied\tVenir sans rien à dire **

## Atelier : Signataires

Qui ?\tPièges à éviter
Le bailleur\tSe croiser sans se voir **
La régie\t

# Avant d'évaluer

## Dire à quoi cela sert
- Pour qui ?
- Pour décider quoi ?

## Prévoir
- Du temps
"""


def lines_of(workshop: Workshop) -> list[tuple[str, str, str, int]]:
    """(table, column, wording, occurrences) of every line of the board, in reading order."""
    roots = (
        Statement.objects.roots()
        .filter(heading__occasion__comptoir__workshop=workshop)
        .with_words()
        .select_related("heading__occasion")
        .order_by("heading__occasion__comptoir__position", "heading__position", "position", "pk")
    )
    found = counts(roots.values("pk"))
    return [(r.heading.occasion.title, r.heading.label, r.wording, found[r.pk][0]) for r in roots]


class Killed(Exception):
    """What a test raises where a machine would have lost its power."""


def killed_at(lines: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= lines:
            raise Killed

    return progress
