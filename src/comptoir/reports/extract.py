"""The extract for an outside reviewer: what a frozen evaluation rests on, as data, without names.

See docs/concepts/restitution.md. Made of the frozen content alone: nothing unpublished can be in it.
"""

import csv
import io
import json
from collections.abc import Sequence

from comptoir.analysis.documents import protect
from comptoir.analysis.documents.package import zipped
from comptoir.analysis.public_copy.quotes import masked
from comptoir.evaluation.enums import FindingKind
from comptoir.evaluation.frozen import Asked, Content, Piece
from comptoir.evaluation.frozen_reading import protected
from comptoir.reports.evaluation import ERASED

Row = dict[str, str]


def extract_of(content: Content, *, threshold: int) -> bytes:
    """A ZIP: one CSV a table, the same in one JSON, what it is in LISEZMOI.txt. Same content, same bytes."""
    tables = tables_of(content, threshold=threshold)
    whole = {"evaluation": content["evaluation"]["name"], "fige_le": content["frozen_on"].isoformat(),
             "seuil": threshold, **tables}  # fmt: skip
    parts = {f"{name}.csv": _csv(rows) for name, rows in tables.items() if rows}
    parts["extrait.json"] = json.dumps(whole, ensure_ascii=False, indent=2).encode()
    parts["LISEZMOI.txt"] = _readme(content, threshold).encode()
    return zipped(parts)


def tables_of(content: Content, *, threshold: int) -> dict[str, list[Row]]:
    """Name of the table to its rows. Questions are known as Q1, Q2…: no identity of ours goes out."""
    found: dict[str, list[Row]] = {
        name: [] for name in ("questions", "chiffres", "indicateurs", "ressenti", "enquetes", "paroles", "engagements",
                              "observations", "jugements")
    }  # fmt: skip
    content = protected(content, threshold)
    for rank, question in enumerate(content["questions"], 1):
        key = f"Q{rank}"
        found["questions"].append({
            "question": key, "texte": question["text"], "critere": question["criterion"], "reponse": question["answer"],
        })  # fmt: skip
        found["jugements"] += _judgements(key, question)
        found["indicateurs"] += _followed(key, question)
        found["ressenti"] += _felt(key, question)
        for piece in question["evidence"]:
            found["enquetes"] += _answers(key, piece)
            if piece["answers"]:
                continue
            name, row = _piece(piece, threshold)
            found[name].append({"question": key, **row})
    names = {one["id"]: f"Q{rank}" for rank, one in enumerate(content["questions"], 1)}
    found["recommandations"] = [
        {
            "question": names.get(one["question"], ""), "texte": one["text"], "a_qui": one["signatory"],
            "pour_le": one["due_on"].isoformat() if one["due_on"] else "", "etat": one["state"] or "proposée",
        }
        for one in content["recommendations"]
    ]  # fmt: skip
    return found


def _judgements(key: str, question: Asked) -> list[Row]:
    return [
        {
            "question": key, "college": one["college"], "reponse": one["verdict_label"], "confiance": one["confidence"],
            "raisons": masked(one["reasons"]), "rendu_le": one["given_on"].isoformat(),
        }
        for one in question["judged"]
    ]  # fmt: skip


def _followed(key: str, question: Asked) -> list[Row]:
    return [
        {
            "question": key, "indicateur": one["name"], "millesime": one["vintage"], "territoire": line["place"],
            "valeur": line["text"], "precision": line["why"], "source": one["supplier"],
        }
        for one in question["followed"] for line in one["lines"]
    ]  # fmt: skip


def _felt(key: str, question: Asked) -> list[Row]:
    return [
        {
            "question": key, "ressenti": one["said"], "precision": one["why"], "source": masked(one["whence"]),
            "recueilli_le": one["gathered_on"].isoformat(),
        }
        for one in question["felt"]
    ]  # fmt: skip


def _answers(key: str, one: Piece) -> list[Row]:
    return [
        {
            "question": key, "demande": one["text"], "reponse": said["label"], "nombre": said["text"],
            "precision": one["silent"] if said["text"] == "tu" else "", "source": one["whence"],
        }
        for said in one["answers"]
    ]  # fmt: skip


def _piece(one: Piece, threshold: int) -> tuple[str, Row]:
    """The table that a piece goes to, and its row. Who brought it and in which comptoir it was said stay here."""
    if one["quote"] is not None:
        few = one["occurrences"] < threshold
        return "paroles", {
            "texte": masked(one["quote"]["text"]) if one["quote"]["text"] else ERASED,
            "dite": f"moins de {threshold} fois" if few else str(one["occurrences"]),
        }
    if one["kind"] == FindingKind.COMMITMENT:
        return "engagements", {"texte": one["text"], "signataire": one["signatory"], "etat": one["state"]}
    if one["kind"] == FindingKind.FIGURE:
        return "chiffres", {
            "ce_que_c_est": one["text"], "valeur": one["silent"] or one["figure"], "unite": one["unit"],
            "periode": one["period"], "source": one["whence"],
        }  # fmt: skip
    return "observations", {
        "texte": masked(one["text"]),
        "document": one["file"] and "un fichier",
        "adresse": one["url"],
    }


def _csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with a byte-order mark and semicolons, texts protected from formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(rows[0])
    writer.writerows([protect(cell) for cell in row.values()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _readme(content: Content, threshold: int) -> str:
    return (
        f"{content['evaluation']['name']}, état figé le {content['frozen_on']:%d/%m/%Y}.\n\n"
        "Ce sur quoi repose l'évaluation, pour un regard extérieur : à lire, non à diffuser.\n"
        "Ni auteurs, ni comptoirs d'origine. Les noms et coordonnées que l'on reconnaît sont remplacés par leur\n"
        f"nature, entre crochets ; un nom rare peut échapper. Un compte de personnes ou de fois sous {threshold}\n"
        f"est écrit « moins de {threshold} » ;\n"
        "un chiffre qui permettrait de le retrouver par une somme est tu aussi.\n"
        "Chaque tableau est un CSV (point-virgule, UTF-8) ; extrait.json dit la même chose.\n"
    )
