"""What the benchmarks of calculations share: a run apart to be measured, the machine, the page between its markers."""

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "benchmarks.md"
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}


def apart(script: str, *arguments: str, limit: float = 600, python: str = sys.executable) -> dict[str, object] | None:
    """The JSON that a script prints in a process of its own, one thread: its peak of memory is then its own. None
    where it does not end within the limit, or says nothing."""
    command = [python, script, *arguments]
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, check=False, env={**os.environ, **ONE_THREAD}
        )
    except subprocess.TimeoutExpired:
        return None
    if ran.returncode:
        sys.exit(f"{' '.join(command)}\n{ran.stderr}")
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def cpu_of(work: Callable[[], object]) -> tuple[float, float, object]:
    """Seconds of processor, seconds of clock, and what the work gives."""
    clock, processor = time.perf_counter(), time.process_time()
    given = work()
    return time.process_time() - processor, time.perf_counter() - clock, given


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # there, getrusage counts what the parent held when it started this process
        return int(re.findall(r"VmHWM:\s*(\d+)", status.read_text())[0]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def median(values: list[float]) -> float:
    return statistics.median(values)


def machine() -> str:
    """One line on what ran."""
    names = []
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        names = re.findall(r"model name\s*:\s*(.+)", cpu.read_text())
    processor = names[0].strip() if names else platform.processor() or platform.machine()
    load = f", charge de la machine au début {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{date.today():%d/%m/%Y}, {processor}, {os.cpu_count()} cœurs, {platform.system()}, "
        f"Python {platform.python_version()}, un fil par calcul{load}"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


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
