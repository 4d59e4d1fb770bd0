"""Opinion groups: our time and memory beside red-dwarf's, and how far both agree with each other and with Polis.

    python benchmarks/opinions.py              all sizes; the peer wherever it is installed (group `bench`)
    python benchmarks/opinions.py --quick      the smallest size, once
    --peer PYTHON                              a Python that has red-dwarf, when this one has not

Timed in both, from the same columns of numbers in memory: the matrix, the plane, groups for k = 2 to 5 with their
silhouettes, the counts by group, consensus, priority, representative statements. Apart: the permutation test, which the
peer has not, and reading the file. Each in a process of its own, one thread, in turn. The table goes to
docs/benchmarks.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from _figures import DOC, apart, cpu_of, machine, median, peak, table, write_page
from _votes import planted

SIZES = {"1 000 × 100": (1_000, 100, 0.2), "10 000 × 300": (10_000, 300, 0.15), "100 000 × 500": (100_000, 500, 0.1)}
POLIS = Path(__file__).resolve().parents[2] / "shared" / "data" / "polis"
PEER_LIMIT, PEER_MOST = 480.0, 20_000


def ours(file: str) -> dict[str, object]:
    from comptoir.analysis.opinions import adjusted_rand, groups_of, votes_of
    from comptoir.analysis.opinions.analysis import voting_enough
    from comptoir.analysis.opinions.reading import read_votes
    from comptoir.analysis.opinions.significance import reality_of

    columns = np.load(file)
    ids = columns["person"], columns["statement"], columns["vote"]
    before = peak()
    cpu, clock, groups = cpu_of(lambda: groups_of(votes_of(*ids)))
    most = peak()
    votes = votes_of(*ids)
    test, _, reality = cpu_of(lambda: reality_of(votes.kept(people=voting_enough(votes)), groups.count, 0))
    path = Path(file).with_suffix(".csv")
    reading = 0.0
    if path.exists():
        with path.open("rb") as stream:
            reading, _, _ = cpu_of(lambda: read_votes(stream, "votes.csv"))
    labels = {name: label for name, label in zip(votes.participants, groups.labels.tolist(), strict=True) if label >= 0}
    truth = columns["group"]
    agreed = adjusted_rand(list(labels.values()), [int(truth[int(name)]) for name in labels]) if len(truth) else None
    shown = sorted({votes.statements[one.statement] for group in groups.representatives for one in group})
    return {
        "cpu": cpu, "clock": clock, "k": groups.count, "labels": labels, "peak": most, "before": before, "test": test,
        "p": reality.p, "reading": reading, "truth": agreed, "shown": shown, "votes": len(votes.value),
    }  # fmt: skip


def theirs(file: str) -> dict[str, object]:
    from importlib.metadata import version

    from reddwarf.implementations.polis import run_pipeline

    columns = np.load(file)
    names = ("participant_id", "statement_id", "vote", "modified")
    rows = zip(*(columns[name].tolist() for name in ("person", "statement", "vote")), strict=True)
    records = [dict(zip(names, (*row, at), strict=True)) for at, row in enumerate(rows)]
    before = peak()
    cpu, clock, found = cpu_of(lambda: run_pipeline(votes=records, random_state=0))
    groups = found.participants_df["cluster_id"].dropna()
    labels = {str(name): int(group) for name, group in groups.items()}
    shown = sorted({str(one["tid"]) for group in found.repness.values() for one in group})
    return {
        "cpu": cpu, "clock": clock, "k": len(set(labels.values())), "labels": labels, "peak": peak(), "before": before,
        "shown": shown, "version": version("red-dwarf"),
    }  # fmt: skip


def write_votes(folder: Path, name: str, columns: tuple[np.ndarray, ...]) -> Path:
    """The columns for both sides, and the file of votes that a person would give."""
    person, statement, vote, group = columns
    file = folder / f"{name}.npz"
    small = person.astype(np.int32), statement.astype(np.int32), vote.astype(np.int8)
    np.savez(file, person=small[0], statement=small[1], vote=small[2], group=group)
    with file.with_suffix(".csv").open("w") as out:
        out.write("timestamp,comment-id,voter-id,vote\n")
        rows = zip(statement.tolist(), person.tolist(), vote.tolist(), strict=True)
        out.writelines(f"{1_700_000_000_000 + at},{s},{p},{v}\n" for at, (s, p, v) in enumerate(rows))
    return file


def agreement(one: dict[str, object], two: dict[str, object]) -> float:
    from comptoir.analysis.opinions import adjusted_rand

    mine, other = one["labels"], two["labels"]
    both = [name for name in mine if name in other]
    return adjusted_rand([mine[name] for name in both], [other[name] for name in both])


def measure(file: Path, chosen: argparse.Namespace, people: int) -> tuple[list[dict], list[dict]]:
    """Ours and the peer's in turn, as many times as asked."""
    mine, other = [], []
    for _ in range(chosen.runs):
        mine.append(apart(__file__, "--one", "ours", str(file)))
        if chosen.has_peer and people <= PEER_MOST:
            found = apart(__file__, "--one", "theirs", str(file), limit=PEER_LIMIT, python=chosen.peer)
            other += [found] if found else []
    return mine, other


def sizes(chosen: argparse.Namespace) -> str:
    head = ["votants × affirmations", "votes", "nôtre CPU s", "red-dwarf CPU s", "rapport", "nôtre Mio",
            "red-dwarf Mio", "rapport", "k", "même k", "ARI entre les deux", "mêmes affirmations",
            "ARI, groupes semés : nôtre",            "test de permutation CPU s", "lecture du CSV CPU s"]  # fmt: skip
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for label, (people, statements, density) in list(SIZES.items())[: 1 if chosen.quick else None]:
            file = write_votes(Path(folder), str(people), planted(people, statements, density))
            mine, other = measure(file, chosen, people)
            rows.append(row(label, mine, other))
            print(rows[-1], file=sys.stderr)
    return table(head, rows)


def row(label: str, mine: list[dict], other: list[dict]) -> list[str]:
    cpu, most = median([one["cpu"] for one in mine]), median([one["peak"] for one in mine])
    first = mine[0]
    peer = ["non mesuré", "", "non mesuré", "", "", "", ""]
    if other:
        theirs_cpu, theirs_most = median([one["cpu"] for one in other]), median([one["peak"] for one in other])
        same = "oui" if first["k"] == other[0]["k"] else "**non**"
        common = len(set(first["shown"]) & set(other[0]["shown"]))
        peer = [f"{theirs_cpu:.2f}", f"× {theirs_cpu / cpu:.0f}", f"{theirs_most:.0f}", f"× {theirs_most / most:.1f}",
                same, f"{agreement(first, other[0]):.4f}", f"{common} sur {len(other[0]['shown'])}"]  # fmt: skip
    return [
        label, str(first["votes"]), f"{cpu:.3f}", peer[0], peer[1], f"{most:.0f}", peer[2], peer[3], str(first["k"]),
        peer[4], peer[5], peer[6], f"{first['truth']:.3f}", f"{median([one['test'] for one in mine]):.2f}",
        f"{median([one['reading'] for one in mine]):.2f}",
    ]  # fmt: skip


def conversations(chosen: argparse.Namespace) -> str:
    """Real conversations: agreement with the groups that Polis itself gave."""
    from comptoir.analysis.opinions import adjusted_rand, opinions_of
    from comptoir.analysis.opinions.reading import read_statements, read_votes

    head = ["conversation", "votants groupés", "k", "p", "ARI avec Polis", "ARI avec red-dwarf", "ARI red-dwarf, Polis"]
    rows = []
    for folder in sorted(POLIS.iterdir()) if POLIS.is_dir() else []:
        if not folder.is_dir():
            continue
        with (folder / "participants-votes.csv").open("rb") as stream:
            read = read_votes(stream, folder.name)
        known = read_statements((folder / "comments.csv").read_bytes(), "comments.csv")
        kept = np.array([name not in known or known[name].moderated >= 0 for name in read.votes.statements])
        votes = read.votes.kept(statements=kept)
        found = opinions_of(votes)
        if found.groups is None:
            rows.append([folder.name, str(found.grouped), "comptes seuls", "", "", "", ""])
            continue
        labels = {n: g for n, g in zip(votes.participants, found.groups.labels.tolist(), strict=True) if g >= 0}

        def near(one: dict[str, int], two: dict[str, object]) -> str:
            both = [name for name in one if name in two]
            return f"{adjusted_rand([one[name] for name in both], [two[name] for name in both]):.2f}"

        peer: dict[str, int] = {}
        if chosen.has_peer:
            with tempfile.TemporaryDirectory() as place:
                file = Path(place) / "votes.npz"
                person, statement = (np.array([int(n) for n in names])[at] for names, at in (
                    (votes.participants, votes.person), (votes.statements, votes.statement)))  # fmt: skip
                np.savez(file, person=person, statement=statement, vote=votes.value.astype(int), group=[])
                peer = (apart(__file__, "--one", "theirs", str(file), python=chosen.peer) or {}).get("labels", {})
        rows.append([
            folder.name, str(len(labels)), str(found.groups.count), f"{found.reality.p:.2f}",
            near(labels, read.reference), near(labels, peer) if peer else "",
            near(peer, read.reference) if peer else "",
        ])  # fmt: skip
    return table(head, rows) if rows else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--output", default=str(DOC))
    parser.add_argument("--one", nargs=2, metavar=("WHOSE", "FILE"))
    chosen, _ = parser.parse_known_args()
    if chosen.one:
        print(json.dumps({"ours": ours, "theirs": theirs}[chosen.one[0]](chosen.one[1])))
        return
    chosen.runs = chosen.runs or (1 if chosen.quick else 5)
    asked = subprocess.run([chosen.peer, "-c", "import reddwarf"], capture_output=True, check=False, env=os.environ)
    chosen.has_peer = asked.returncode == 0
    peer = "red-dwarf 0.4.0 à côté, dans le même passage" if chosen.has_peer else "red-dwarf n'est pas installé"
    text = (
        f"## Groupes d'opinion\n\n{machine()}. {peer}. Médianes de {chosen.runs} passages ; mémoire : le plus haut du "
    )
    text += f"processus entier.\n\n{sizes(chosen)}\n\n{'' if chosen.quick else conversations(chosen)}"
    print(text.rstrip())
    if chosen.output:
        write_page(Path(chosen.output), "opinions", text.rstrip())


if __name__ == "__main__":
    main()
