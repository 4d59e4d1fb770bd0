"""One measure in a process of its own: its time, its memory, and how right it was."""

import multiprocessing
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """CPU seconds of the grouping alone, MiB of the whole process, F1 of B-cubed and of pairs."""

    cpu: float
    memory: float
    bcubed: float
    pairs: float


Work = Callable[..., tuple[float, list[int], list[int]]]


def apart(work: Work, *arguments: object, seconds: int = 900) -> Outcome | str:
    """The outcome of `work`, or why there is none."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(there, work, arguments))
    process.start()
    there.close()
    try:
        found: Outcome | str = here.recv() if here.poll(seconds) else f"arrêté à {seconds} s"
    except EOFError:
        found = "arrêté par le système"
    if process.is_alive():
        process.terminate()
    process.join()
    return found


def _do(there: Connection, work: Work, arguments: tuple[object, ...]) -> None:
    from gold_sets import quality

    try:
        spent, truth, found = work(*arguments)
    except ImportError as error:
        there.send(f"absent ({error.name})")
        return
    memory = _most_memory()
    reached = quality(truth, found)
    there.send(Outcome(spent, memory, reached.bcubed, reached.pairs))


def _most_memory() -> float:
    """The most MiB that this process held. Linux counts in `ru_maxrss` the parent that it was first."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
