"""Participatory budgets: our rules and pabutools on the same files, in turn, in one run. CPU seconds.

    python benchmarks/allocation.py [--quick] [--peer PYTHON] [--output docs/benchmarks.md]

`--peer` is a Python that has pabutools (group `bench`; GPL-3.0, so never in the product's environment); by default this
one, and when it has none only our own figures are written. Invented elections, fixed seeds: a voter lives in one of
five districts, cares for one of six themes, and approves up to ten projects.
"""

import argparse
import bisect
import itertools
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from comptoir.analysis.allocation.pabulib import read_pabulib
from comptoir.analysis.allocation.rule import Completion, Rule, Settings, allocate

ROOT = Path(__file__).resolve().parents[1]
RULES = {
    "glouton": Settings(Rule.GREEDY),
    "Phragmén": Settings(Rule.PHRAGMEN),
    "parts égales": Settings(Rule.EQUAL_SHARES),
    "parts égales, add1u": Settings(Rule.EQUAL_SHARES, Completion.ADD1U),
}
PROMISED = "100 × 50000"
LARGEST, HARDEST = "150 × 100000", "parts égales, add1u"  # that rule alone there: the peer takes minutes for each
PROMISES = {"glouton": 300}  # the others: 100
PEER = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[5]), int(sys.argv[5]) + 1))
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen
name, rule, completion, utility = sys.argv[1:5]
begun = time.process_time()
instance, profile = parse_pabulib(name)
read = time.process_time() - begun
sat = {"sat_class": Cost_Sat if utility == "cost" else Cardinality_Sat}
begun = time.process_time()
if rule == "greedy":
    found = greedy_utilitarian_welfare(instance, profile, **sat)
elif rule == "phragmen":
    found = sequential_phragmen(instance, profile)
else:
    more = 1 if completion == "add1u" else None
    found = method_of_equal_shares(instance, profile, voter_budget_increment=more, **sat)
    if completion == "add1u":
        found = greedy_utilitarian_welfare(instance, profile, initial_budget_allocation=found, **sat)
spent = time.process_time() - begun
print(json.dumps({"read": read, "rule": spent, "selected": sorted(project.name for project in found)}))
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small election, to try the script")
    parser.add_argument("--peer", default=sys.executable, help="a Python that has pabutools")
    parser.add_argument("--limit", type=float, default=240, help="CPU seconds that the peer may take for one rule")
    parser.add_argument("--runs", type=int, default=5, help="ours: the median of so many")
    parser.add_argument("--output", default=str(ROOT / "docs" / "benchmarks.md"), help="the page to write; '' for none")
    return parser.parse_args()


def invented(projects: int, voters: int, seed: int) -> str:
    """An election in the Pabulib format; costs are hundreds, the budget a quarter of what all would cost."""
    draw = random.Random(seed)
    kinds = [(draw.lognormvariate(0, 0.9), draw.randrange(5), draw.randrange(6), draw.lognormvariate(0, 0.8))
             for _ in range(projects)]  # fmt: skip
    scale = 200.0 * voters / sum(kind[0] for kind in kinds)
    costs = [100 * max(1, round(kind[0] * scale / 100)) for kind in kinds]
    liked = {
        (d, t): list(itertools.accumulate(k[3] * (4 if k[1] == d else 1) * (3 if k[2] == t else 1) for k in kinds))
        for d, t in itertools.product(range(5), range(6))
    }
    homes = list(itertools.accumulate(draw.uniform(0.5, 2) for _ in range(5)))
    lines = ["META", "key;value", f"budget;{sum(costs) // 400 * 100}", "vote_type;approval", "PROJECTS"]
    lines += ["project_id;cost;name", *(f"{at};{cost};Projet {at}" for at, cost in enumerate(costs, 1))]
    lines += ["VOTES", "voter_id;vote"]
    for voter in range(voters):
        weights = liked[bisect.bisect(homes, draw.random() * homes[-1]), draw.randrange(6)]
        count = min(projects // 2, 1 + int(draw.expovariate(0.25)), 10)
        chosen: set[int] = set()
        while len(chosen) < count:
            chosen.add(1 + bisect.bisect(weights, draw.random() * weights[-1]))
        lines.append(f"{voter};{','.join(map(str, sorted(chosen)))}")
    return "\n".join(lines) + "\n"


def ours(path: Path, settings: Settings, runs: int) -> tuple[float, float, list[str]]:
    """CPU seconds to read, and for the rule alone with equal ballots put together again each time; who is selected."""
    data, reads, rules = path.read_bytes(), [], []
    selected: list[str] = []
    for _ in range(runs):
        begun = time.process_time()
        election = read_pabulib(data, path.name)[0]
        reads.append(time.process_time() - begun)
        begun = time.process_time()
        found = allocate(election, settings)
        rules.append(time.process_time() - begun)
        selected = sorted(election.projects[at].id for at in found.selected)
    return median(reads), median(rules), selected


def theirs(peer: str, path: Path, settings: Settings, limit: float) -> dict[str, object] | str:
    """What the peer measured and found, or why it gave nothing."""
    command = [peer, "-c", PEER, str(path), settings.rule, settings.completion, settings.utility, str(int(limit))]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode < 0:
        return f"arrêté à {limit:.0f} s"
    if ran.returncode:
        return "absent" if "No module named 'pabutools'" in ran.stderr else "échec"
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def compare(path: Path, name: str, chosen: argparse.Namespace) -> list[str]:
    rows = []
    for label, settings in RULES.items():
        if name == LARGEST and label != HARDEST:
            continue
        peer = theirs(chosen.peer, path, settings, chosen.limit)
        read, spent, selected = ours(path, settings, chosen.runs)
        cells = [name, label, f"{read:.3f}", f"{spent:.4f}"]
        if isinstance(peer, str):
            stopped = f"> {chosen.limit / spent:.0f}" if peer.startswith("arrêté") else ""
            cells += ["", peer, stopped, ""]
        else:
            ratio = float(str(peer["rule"])) / spent
            same = "oui" if peer["selected"] == selected else "**non**"
            short = name == PROMISED and ratio < PROMISES.get(label, 100)
            kept = f"**{ratio:.0f}**" if short else f"{ratio:.0f}"
            cells += [f"{float(str(peer['read'])):.2f}", f"{float(str(peer['rule'])):.2f}", kept, same]
        rows.append("| " + " | ".join(cells) + " |")
        print(rows[-1], flush=True)
    return rows


def machine() -> str:
    cpu = Path("/proc/cpuinfo")
    found = re.findall(r"model name\s*:\s*(.+)", cpu.read_text()) if cpu.exists() else []
    import numpy

    return (
        f"{date.today():%d/%m/%Y}, {found[0].strip() if found else platform.machine()}, {os.cpu_count()} cœurs, "
        f"Python {platform.python_version()}, NumPy {numpy.__version__}, "
        f"charge de la machine au début {os.getloadavg()[0]:.1f}"
    )


def write_page(page: Path, key: str, text: str) -> None:
    """Put `text` between its two markers, at the end when they are not there yet."""
    begin, end = f"<!-- mesures : {key} -->", f"<!-- fin : {key} -->"
    block = f"{begin}\n{text}\n{end}"
    before = page.read_text(encoding="utf-8") if page.exists() else "# Mesures\n"
    if begin in before:
        after = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, before, flags=re.DOTALL)
    else:
        after = f"{before.rstrip()}\n\n{block}\n"
    page.write_text(after, encoding="utf-8")


def main() -> None:
    chosen = arguments()
    where = machine()
    sizes = [(20, 1000)] if chosen.quick else [(100, 50_000), (150, 100_000)]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for projects, voters in sizes:
            path = Path(folder) / f"{projects}.pb"
            path.write_text(invented(projects, voters, 20260 + projects), encoding="utf-8")
            rows += compare(path, f"{projects} × {voters}", chosen)
    text = (
        f"## Budgets participatifs\n\n{where}. Secondes de processeur, règle seule (les bulletins égaux mis ensemble "
        f"compris) ; la nôtre est la médiane de {chosen.runs}, le pair (pabutools, fractions exactes) compte une fois. "
        "En gras : sous la promesse, faite pour 100 × 50000 (100 fois moins, 300 pour le glouton).\n\n"
        "| projets × votants | règle | lire | règle seule | pair : lire | règle seule | rapport | mêmes projets |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows)
    )
    if chosen.output:
        write_page(Path(chosen.output), "allocation", text)


if __name__ == "__main__":
    main()
