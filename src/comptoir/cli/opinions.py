"""`comptoir opinions`: who agrees with whom in a file of votes."""

import argparse
import io
import os
import sys
from typing import BinaryIO

from comptoir.analysis.errors import InputError
from comptoir.cli.files import PASTED, checked_output, opened, progress, put, read, say, write
from comptoir.cli.parser import Parser


def add(parser: Parser) -> None:
    parser.description = (
        "Cherche qui vote comme qui, ce qui réunit et ce qui sépare. Un vote par ligne (voter-id, comment-id, vote),\n"
        "ou une personne par ligne et une colonne par affirmation ; 1 d'accord, -1 pas d'accord, 0 passe.\n"
        "Sous 50 votants, ou si les groupes ne sont pas réels : seulement des comptes."
    )
    parser.arguments.add_argument("source", metavar="VOTES", help="le fichier CSV des votes ; - pour l'entrée standard")
    parser.choices.add_argument(
        "--comments", metavar="TEXTES", help="le CSV des affirmations : leur texte, les écartées"
    )
    parser.choices.add_argument(
        "--previous", metavar="JSON", help="une sortie d'avant : garder les noms de ses groupes"
    )
    parser.choices.add_argument("--seed", metavar="NOMBRE", default="0", help="la graine du test des groupes (0)")
    parser.choices.add_argument("-o", "--output", metavar="SORTIE", help="le fichier .json à écrire")
    parser.choices.add_argument("--json", action="store_true", help="écrire tout en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.source, chosen.output)
    if chosen.output and suffix != "json":
        raise InputError(f"le format « .{suffix} » n'existe pas ici : écrivez un .json.", source=chosen.output)
    if not (chosen.seed.isascii() and chosen.seed.isdigit() and len(chosen.seed) < 10):
        raise InputError(f"La graine « {chosen.seed} » n'est pas un nombre entier. Écrivez par exemple --seed 7.")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # on matrices this small, threads only wait for each other
    from comptoir.analysis.opinions.analysis import opinions_of
    from comptoir.analysis.opinions.reading import read_statements, read_votes
    from comptoir.analysis.opinions.report import as_json, as_text, previous_of

    statements = read_statements(*read(chosen.comments)) if chosen.comments else {}
    previous = previous_of(*read(chosen.previous)) if chosen.previous else None
    with progress("Lecture des votes"), _opened(chosen.source) as stream:
        found = read_votes(stream, PASTED if chosen.source == "-" else chosen.source)
    votes = found.votes
    aside = [name in statements and statements[name].moderated < 0 for name in votes.statements]
    if any(aside):
        import numpy as np

        votes = votes.kept(statements=~np.array(aside))
        say(f"{sum(aside)} affirmation(s) écartée(s) par la modération : leurs votes ne comptent pas.")
        if not len(votes.value):
            raise InputError("toutes les affirmations sont écartées.", source=chosen.comments)
    with progress("Groupes d'opinion"):
        opinions = opinions_of(votes, seed=int(chosen.seed), previous=previous)
    for warning in opinions.warnings:
        say(warning)
    if chosen.output:
        write(chosen.output, as_json(opinions, statements, found.reference))
    if chosen.json:
        put(as_json(opinions, statements, found.reference))
    elif not chosen.output:
        put(as_text(opinions, statements).encode())
    return 0


def _opened(source: str) -> BinaryIO:
    """The file itself, which may be larger than memory should hold; what is pasted is kept whole."""
    if source == "-":
        return io.BytesIO(sys.stdin.buffer.read())
    return opened(source)
