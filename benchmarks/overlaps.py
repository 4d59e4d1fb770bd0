"""Overlaps between actions: time and memory by size, and what blocking loses against comparing all pairs.

    python benchmarks/overlaps.py              1,000 to 300,000 invented actions
    python benchmarks/overlaps.py --quick      1,000 only

No library does this work: the peer is the same score on every pair, where that can still be done. The invented actions
hold planted doubles (another funder, the words turned round, the name of the holder written otherwise). The table goes
to docs/benchmarks.md.
"""

import argparse
import json
import random
from pathlib import Path

from _figures import DOC, apart, cpu_of, machine, peak, table, write_page

from comptoir.analysis.overlaps import Action, candidates, overlaps_of

SIZES = (1_000, 5_000, 30_000, 300_000)
ALL_PAIRS_MOST = 5_000
WHAT = [
    "atelier",
    "chorale",
    "tournoi",
    "stage",
    "permanence",
    "chantier",
    "sortie",
    "festival",
    "cours",
    "repas",
    "bal",
    "jardin",
    "lecture",
    "accueil",
]
OF = [
    "musique",
    "football",
    "jardinage",
    "cuisine",
    "numerique",
    "theatre",
    "couture",
    "velo",
    "emploi",
    "lecture",
    "danse",
    "peinture",
    "sante",
    "photo",
]
FOR = [
    "enfants",
    "jeunes",
    "familles",
    "aines",
    "femmes",
    "adultes",
    "collegiens",
    "locataires",
    "parents",
    "voisins",
    "debutants",
    "lyceens",
]
THEMES = ("Culture", "Sport", "Emploi", "Santé", "Cadre de vie")


def invented(count: int, seed: int = 3) -> tuple[list[Action], set[tuple[int, int]]]:
    """Actions, and the pairs planted among them: one in fifty is asked for twice."""
    chance = random.Random(seed + count)
    actions: list[Action] = []
    planted = set()
    for at in range(count):
        if at % 50 == 49:
            source = chance.randrange(max(0, at - 40), at)
            planted.add((source, at))
            one = actions[source]
            words = one.wording.split()
            chance.shuffle(words)
            holder = f"ASSOCIATION {one.holder.upper()}"
            actions.append(Action(str(at), holder, "", one.neighbourhoods, one.themes, one.publics, one.first, one.last,
                                  " ".join(words)))  # fmt: skip
            continue
        holder = f"Les {chance.choice(OF)} du {chance.randrange(count // 4 + 1)}"
        first = 738_000 + 365 * chance.randrange(5)
        wording = f"{chance.choice(WHAT)} {chance.choice(OF)} {chance.choice(OF)} {chance.choice(FOR)} {at % 997} rue"
        place = (f"Quartier {chance.randrange(1500)}",)
        public = (chance.choice(FOR),)
        actions.append(
            Action(str(at), holder, "", place, (chance.choice(THEMES),), public, first, first + 364, wording)
        )
    return actions, planted


def one(count: int, every: bool) -> dict[str, object]:
    actions, planted = invented(count)
    candidates.EVERY = count if every else 0
    cpu, clock, found = cpu_of(lambda: overlaps_of(actions))
    pairs = {(pair.a, pair.b) for pair in found}
    return {"cpu": cpu, "clock": clock, "peak": peak(), "found": sorted(pairs), "planted": len(planted),
            "kept": len(planted & pairs)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--output", default=str(DOC))
    parser.add_argument("--one", nargs=2, metavar=("COUNT", "HOW"))
    chosen, _ = parser.parse_known_args()
    if chosen.one:
        print(json.dumps(one(int(chosen.one[0]), chosen.one[1] == "every")))
        return
    head = ["actions", "par clés : CPU s", "Mio", "paires proposées", "doublons semés retrouvés",
            "toutes les paires : CPU s", "rapport", "paires que les clés manquent"]  # fmt: skip
    rows = []
    for count in SIZES[: 1 if chosen.quick else None]:
        keyed = apart(__file__, "--one", str(count), "keys", limit=900)
        if keyed is None:
            rows.append([str(count), "arrêté à 900 s", "", "", "", "", "", ""])
            continue
        cells = ["non mesuré", "", ""]
        every = apart(__file__, "--one", str(count), "every", limit=900) if count <= ALL_PAIRS_MOST else None
        if every:
            lost = len({tuple(pair) for pair in every["found"]} - {tuple(pair) for pair in keyed["found"]})
            cells = [f"{every['cpu']:.2f}", f"× {every['cpu'] / keyed['cpu']:.1f}", f"{lost} sur {len(every['found'])}"]
        rows.append([str(count), f"{keyed['cpu']:.2f}", f"{keyed['peak']:.0f}", str(len(keyed["found"])),
                     f"{keyed['kept']} sur {keyed['planted']}", *cells])  # fmt: skip
    text = f"## Doublons entre actions\n\n{machine()}. Actions inventées, une sur cinquante demandée deux fois.\n\n"
    text += table(head, rows)
    print(text)
    if chosen.output:
        write_page(Path(chosen.output), "doublons", text)


if __name__ == "__main__":
    main()
