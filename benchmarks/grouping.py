"""Grouping: how right, how much work it saves, how fast, beside its peers in the same run.

    python benchmarks/grouping.py              everything, up to 1,000,000 notes; writes docs/benchmarks.md
    python benchmarks/grouping.py --quick      1,000 and 10,000 notes, writes nothing
    python benchmarks/grouping.py --trials     what was tried for words that share nothing, writes nothing

Gold sets and shared generators are read beside the checkout (../shared, or COMPTOIR_SHARED) where they are. The peers
are those of the dependency group `bench`; one that is absent is said in a line.
"""

import argparse
import csv
import os
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from _apart import Outcome, apart
from _effort import curve
from _notes import notes as other_notes

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "benchmarks.md"
SHARED = Path(os.environ.get("COMPTOIR_SHARED") or ROOT.parent / "shared")
sys.path[:0] = [str(ROOT / "tests" / "analysis"), str(SHARED / "bench")]

from gold_sets import grouped, quality, read_gold  # noqa: E402  # found once the paths are set

from comptoir.analysis.grouping import DomainGrouping, LexicalGrouping, Text  # noqa: E402  # found once the paths are set

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PEERS = {  # largest number of notes that each ends in reasonable time here
    "rapidfuzz + union-find (0,80)": ("rapidfuzz", 10_000),
    "TF-IDF + sparse_dot_topn (0,72)": ("tfidf", 10_000),
    "datasketch MinHash LSH (0,60)": ("minhash", 100_000),
    "semhash, encodeur SVD (0,65)": ("semhash", 10_000),
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (list(head), ["---"] * len(head), *rows))


def number(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def generated(kind: str, count: int) -> tuple[list[int], list[str]]:
    """Notes made by program and their groups: the shared generator, or ours."""
    if kind == "ours":
        return other_notes(count, 3)
    from text_gen import generate

    pairs = list(generate(count, 3))
    return [group for group, _ in pairs], [text for _, text in pairs]


def gold() -> str:
    """The sets grouped by hand, with the default settings, beside words alone."""
    rows = []
    sets = {
        "mise au point, 1": ROOT / "tests/analysis/gold/notes_dev.csv",
        "mise au point, 2": ROOT / "tests/analysis/gold/notes_dev_2.csv",
        "mise au point, 3": ROOT / "tests/analysis/gold/notes_dev_3.csv",
        "mise au point, 4": ROOT / "tests/analysis/gold/notes_dev_4.csv",
        "mise au point, 5": ROOT / "tests/analysis/gold/notes_dev_5.csv",
        "mise au point, 6": ROOT / "tests/analysis/gold/notes_dev_6.csv",
        "mise au point, 7": ROOT / "tests/analysis/gold/notes_dev_7.csv",
        "mise au point, 8": ROOT / "tests/analysis/gold/notes_dev_8.csv",
        "second jeu, d'une autre main": ROOT / "tests/analysis/gold/notes_2.csv",
        "troisième jeu": ROOT / "tests/analysis/gold/notes_3.csv",
        "quatrième jeu": ROOT / "tests/analysis/gold/notes_4.csv",
        "cinquième jeu": ROOT / "tests/analysis/gold/notes_5.csv",
        "sixième jeu": ROOT / "tests/analysis/gold/notes_6.csv",
        "septième jeu": ROOT / "tests/analysis/gold/notes_7.csv",
        "huitième jeu": ROOT / "tests/analysis/gold/notes_8.csv",
        "neuvième jeu": ROOT / "tests/analysis/gold/notes_9.csv",
        "dixième jeu, d'une autre main": ROOT / "tests/analysis/gold/notes_10.csv",
        "regroupement_or": SHARED / "data/regroupement_or/notes.csv",
    }
    for label, path in sets.items():
        if not path.exists():
            print(f"{label} : absent ({path.name})")
            continue
        said, truth = read_gold(path)
        for name, method in (("la maison", DomainGrouping()), ("mots seuls", LexicalGrouping())):
            begin = time.process_time()
            found = quality(truth, grouped(method, said))
            spent = 1000 * (time.process_time() - begin)
            rows.append([label, str(len(said)), name, number(found.bcubed), number(found.pairs), f"{spent:.0f}"])
    rows.append(_inside_columns())
    head = ("notes groupées à la main", "notes", "méthode", "B-cubed F1", "paires F1", "CPU ms")
    first = (
        "Des jeux 3 à 6 et de mise au point, la main est celle du lexique, et les erreurs du jeu 8 ont été lues : ce "
        "qu'ils valaient avant est dans concepts/grouping.md."
    )
    return f"{table(head, rows)}\n\n{first}"


def tried() -> str:
    """Word vectors and profiles beside what the notes state alone."""
    from _trials import trials

    head = ("ce qui a été essayé", "jeu 7, AP", "jeux 1 à 6, lexique réduit, AP")
    return table(head, trials(SHARED / "data"))


def _inside_columns() -> list[str]:
    """The notes of the demonstration, each compared with those of its column only."""
    with (ROOT / "tests/analysis/gold/demo.csv").open(encoding="utf-8", newline="") as lines:
        notes = list(csv.DictReader(lines))
    said, truth = [note["texte"] for note in notes], [note["groupe"] for note in notes]
    begin = time.process_time()
    found = quality(truth, grouped(DomainGrouping(), said, [(note["dans"],) for note in notes]))
    spent = 1000 * (time.process_time() - begin)
    label = "démonstration, dans ses colonnes"
    return [label, str(len(said)), "la maison", number(found.bcubed), number(found.pairs), f"{spent:.0f}"]


def real_texts() -> str:
    """Real texts: near duplicates among titles, arguments, and the order of likenesses on sentence pairs."""
    lines = []
    titles = SHARED / "data/contributions_vrai_debat/propositions_titres.csv"
    if titles.exists():
        with titles.open(encoding="utf-8", newline="") as rows:
            said = [row["titre_sans_accents"] for row in csv.DictReader(rows)]
        begin = time.process_time()
        groups = DomainGrouping().group([Text(str(i), text) for i, text in enumerate(said)])
        spent = time.process_time() - begin
        many = [group for group in groups if len(group.members) > 1]
        lines.append(
            f"- Titres du Vrai débat : {len(said)} titres, {len(groups)} lignes, dont {len(many)} de plusieurs titres "
            f"(la plus longue en a {max(len(g.members) for g in many)}) ; {number(spent, 1)} s de CPU."
        )
    propositions = SHARED / "data/contributions_republique_numerique/propositions.csv"
    if propositions.exists():
        with propositions.open(encoding="utf-8", newline="") as rows:
            said = [row["titre"] for row in csv.DictReader(rows)]
        groups = DomainGrouping().group([Text(str(i), text) for i, text in enumerate(said)])
        lines.append(f"- Titres de la République numérique : {len(said)} titres, {len(groups)} lignes.")
    pairs = SHARED / "data/stsb_fr/stsb_fr_dev.csv"
    if pairs.exists():
        with pairs.open(encoding="utf-8", newline="") as rows:
            read = [(row["phrase1"], row["phrase2"], float(row["score"])) for row in csv.DictReader(rows)]
        ours = [_likeness(DomainGrouping(asked=0.0001), a, b) for a, b, _ in read]
        words = [_likeness(LexicalGrouping(asked=0.0001), a, b) for a, b, _ in read]
        true = [score for _, _, score in read]
        lines.append(
            f"- stsb_fr (phrases générales, hors du domaine), corrélation de rang avec {len(read)} paires notées : "
            f"{number(_spearman(ours, true))} ; mots seuls : {number(_spearman(words, true))}."
        )
    return "\n".join(lines)


def _likeness(method: LexicalGrouping, a: str, b: str) -> float:
    found = method.suggest([Text("a", a), Text("b", b)])
    return found[0].score if found else 0.0


def _spearman(a: Sequence[float], b: Sequence[float]) -> float:
    def ranks(values: Sequence[float]) -> list[float]:
        order = sorted(range(len(values)), key=lambda i: values[i])
        found = [0.0] * len(values)
        begin = 0
        while begin < len(order):
            end = begin
            while end < len(order) and values[order[end]] == values[order[begin]]:
                end += 1
            for i in order[begin:end]:
                found[i] = (begin + end - 1) / 2
            begin = end
        return found

    return statistics.correlation(ranks(a), ranks(b))


def effort() -> str:
    """What a person who answers truthfully does to reach the grouping made by hand."""
    lines = []
    for label, path in (
        ("mise au point, 2", ROOT / "tests/analysis/gold/notes_dev_2.csv"),
        ("second jeu", ROOT / "tests/analysis/gold/notes_2.csv"),
        ("sixième jeu", ROOT / "tests/analysis/gold/notes_6.csv"),
        ("septième jeu", ROOT / "tests/analysis/gold/notes_7.csv"),
        ("regroupement_or", SHARED / "data/regroupement_or/notes.csv"),
    ):
        if path.exists():
            said, truth = read_gold(path)
            done, plain = curve(said, truth), curve(said, truth, useful=False)
            surest = f" La plus sûre d'abord, au lieu de la plus utile : {plain.actions} gestes contre {done.actions}."
            lines.append(done.line(label) + surest)
    return "\n".join(lines)


def _ours(kind: str, count: int) -> tuple[float, list[int], list[int]]:
    truth, said = generated(kind, count)
    texts = [Text(str(i), text) for i, text in enumerate(said)]
    begin = time.process_time()
    groups = DomainGrouping().group(texts)
    spent = time.process_time() - begin
    home = {member: k for k, group in enumerate(groups) for member in group.members}
    return spent, truth, [home[text.id] for text in texts]


def _peer(name: str, kind: str, count: int) -> tuple[float, list[int], list[int]]:
    from _peers import METHODS

    truth, said = generated(kind, count)
    begin = time.process_time()
    found = METHODS[name](said)
    return time.process_time() - begin, truth, found


def scale(sizes: Sequence[int]) -> str:
    """Generated notes, ours and each peer in turn, each in a process of its own."""
    rows = []
    for kind, source in (("shared", "générateur commun"), ("ours", "autre vocabulaire")):
        if kind == "shared" and not (SHARED / "bench" / "text_gen.py").exists():
            print("text_gen.py : absent (../shared/bench)")
            continue
        for count in sizes:
            ours = apart(_ours, kind, count)
            rows.append(_row(source, count, "la maison", ours, ours))
            for label, (name, most) in PEERS.items():
                if count <= most and kind == "shared":
                    rows.append(_row(source, count, label, apart(_peer, name, kind, count), ours))
            print(table(("", "", "", "", "", "", "", ""), rows[-5:]), flush=True)
    head = ("notes", "nombre", "méthode", "CPU s", "Mio", "B-cubed F1", "paires F1", "CPU du pair ÷ le nôtre")
    return table(head, rows)


def _row(source: str, count: int, label: str, outcome: Outcome | str, ours: Outcome | str) -> list[str]:
    if isinstance(outcome, str):
        print(f"{label}, {count} notes : {outcome}")
        return [source, f"{count:,}".replace(",", " "), label, outcome, "", "", "", ""]
    ratio = "" if outcome is ours or isinstance(ours, str) else number(outcome.cpu / max(ours.cpu, 1e-3), 1)
    return [
        source, f"{count:,}".replace(",", " "), label, number(outcome.cpu, 2), f"{outcome.memory:.0f}",
        number(outcome.bcubed), number(outcome.pairs), ratio,
    ]  # fmt: skip


def online(count: int) -> str:
    """What a new note resembles, among many read beforehand."""
    _, said = generated("ours", count)
    _, asked = other_notes(200, 9)
    begin = time.process_time()
    index = DomainGrouping().index([Text(str(i), text) for i, text in enumerate(said)])
    built = time.process_time() - begin
    spent = []
    for text in asked:
        begin = time.process_time()
        index.resembles(Text("new", text))
        spent.append(1000 * (time.process_time() - begin))
    spent.sort()
    return (
        f"Parmi {count} notes lues d'avance ({number(built, 1)} s de CPU) : {number(spent[len(spent) // 2], 1)} ms de "
        f"CPU pour une question (médiane de {len(spent)}), {number(spent[int(len(spent) * 0.95)], 1)} ms au 95e "
        "centile."
    )


def write(section: str, text: str) -> None:
    """Puts a text between its markers in docs/benchmarks.md."""
    page = DOC.read_text(encoding="utf-8")
    begin, end = f"<!-- mesures : {section} -->", f"<!-- fin : {section} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"docs/benchmarks.md n'a pas les marques « {section} ».")
    DOC.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", page), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="1,000 and 10,000 notes; nothing is written")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of notes")
    parser.add_argument("--trials", action="store_true", help="word vectors beside profiles; nothing is written")
    chosen = parser.parse_args()
    if chosen.trials:
        print(tried())
        return
    sizes = [n for n in SIZES if n <= (10_000 if chosen.quick else chosen.most)]
    parts: list[tuple[str, Callable[[], str]]] = [
        ("Justesse", gold),
        ("Textes réels", real_texts),
        ("Effort", effort),
        ("À quoi ressemble une note qui arrive", lambda: online(10_000 if chosen.quick else 100_000)),
        ("En masse", lambda: scale(sizes)),
    ]
    made = [f"Python {platform.python_version()}, {os.cpu_count()} cœurs. Un processus par mesure, un fil."]
    for title, part in parts:
        text = part()
        print(f"\n{title}\n{text}", flush=True)
        made.append(f"**{title}**\n\n{text}")
    if not chosen.quick:
        write("regroupement", "\n\n".join(made))


if __name__ == "__main__":
    main()
