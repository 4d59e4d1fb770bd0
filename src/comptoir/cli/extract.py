"""`comptoir extract`: what the text of a contract commits whom to, proposed with its place and reasons."""

import argparse

from comptoir.analysis.errors import InputError
from comptoir.cli.files import progress, put, read
from comptoir.cli.parser import Parser

_MOST = 50 * 1024 * 1024


def add(parser: Parser) -> None:
    parser.description = (
        "Propose les engagements que contient le texte d'un contrat (DOCX, ODT, PDF avec du texte, TXT) : qui, à\n"
        "quoi, pour quand, avec quels moyens, et où c'est dit. À relire par une personne : rien n'est décidé."
    )
    parser.arguments.add_argument("source", metavar="CONTRAT", help="le document à lire")
    parser.choices.add_argument(
        "--signatories", metavar="NOMS",
        help="un signataire par ligne, ses autres noms à la suite, séparés par ; (texte, CSV, XLSX, ODS)",
    )  # fmt: skip
    parser.choices.add_argument("--neighbourhoods", metavar="NOMS", help="les quartiers, de la même façon")
    parser.choices.add_argument("--json", action="store_true", help="écrire tout en JSON")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    data, name = read(chosen.source, _MOST)
    from comptoir.analysis.extraction.commits import commitments_in
    from comptoir.analysis.extraction.files import found_json, found_text, read_names
    from comptoir.analysis.extraction.reading import read_passages

    who = read_names(*read(chosen.signatories)) if chosen.signatories else ()
    where = read_names(*read(chosen.neighbourhoods)) if chosen.neighbourhoods else ()
    with progress("Lecture du contrat"):
        passages = read_passages(data, name)
        found = commitments_in(passages, who, where)
    if not passages:
        raise InputError("ce document ne contient pas de texte.", source=name)
    put(found_json(found) if chosen.json else found_text(found, bool(who)).encode())
    return 0
