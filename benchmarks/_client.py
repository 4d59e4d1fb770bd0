"""Servers on the loopback, and a small measured load on them: bounded in number and in time."""

import gzip
import http.client
import math
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

HOST = "127.0.0.1"
TICKS = os.sysconf("SC_CLK_TCK")
_RESOURCES = re.compile(rb"""<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>""")
_IN_STYLES = re.compile(rb"""(?:@import\s+|url\()["']?([^"')]+)""")
_IN_MODULES = re.compile(rb"""(?:from\s*|import\s*\(?\s*)["'](\.{0,2}/[^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request to measure. `body` is a form to post; None: GET."""

    label: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Requests a second; the median and the 95th percentile, and the processor of the server per request, in ms."""

    count: int
    rate: float
    p50: float
    p95: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes on the wire: `page` the HTML as sent, `zipped` once compressed, `whole` with all that it calls."""

    plain: int
    page: int
    zipped: int
    whole: int
    requests: int


@dataclass
class Server:
    """A server that answers on the loopback."""

    process: "subprocess.Popen[bytes]"
    port: int

    def cpu(self) -> float:
        """Seconds of processor used so far by the server and its children; 0.0 where the system does not say."""
        parents: dict[int, list[int]] = {}
        used: dict[int, float] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            pid = int(stat.parent.name)
            parents.setdefault(int(fields[1]), []).append(pid)
            used[pid] = (int(fields[11]) + int(fields[12])) / TICKS
        total, waiting = 0.0, [self.process.pid]
        while waiting:
            pid = waiting.pop()
            total += used.get(pid, 0.0)
            waiting += parents.get(pid, [])
        return total


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(command: Sequence[str], port: int, path: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """The server of `command`, once it answers at `path`; ended on the way out."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        server = Server(process, port)
        limit = time.monotonic() + 30
        while True:
            try:
                if ask(port, Visit("", path)).status == 200:
                    break
            except OSError:
                if process.poll() is not None or time.monotonic() > limit:
                    raise SystemExit(f"Le serveur ne démarre pas : {' '.join(command)}") from None
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


def _send(connection: http.client.HTTPConnection, visit: Visit) -> Answer:
    start = time.perf_counter()
    headers = {"Accept-Encoding": "br, gzip", **visit.headers}
    if visit.body is None:
        connection.request("GET", visit.path, headers=headers)
    else:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection.request("POST", visit.path, body=visit.body.encode(), headers=headers)
    response = connection.getresponse()
    body = response.read()
    return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body, time.perf_counter() - start)


def ask(port: int, visit: Visit) -> Answer:
    """One request, on a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=300)
    try:
        return _send(connection, visit)
    finally:
        connection.close()


def fire(
    server: Server, visits: Sequence[Visit], *, connections: int, requests: int, seconds: float, rate: float = 0
) -> Pace:
    """At most `requests` requests in at most `seconds`, over kept connections, one after the other in each.

    With `rate`, the loop is open: a request is due every 1/rate second whatever the answers, and its time counts from
    when it was due. An answer other than 200 raises RuntimeError: a wrong page is not measured.
    """
    taken: list[float] = []
    wrong: list[str] = []
    turn = threading.Lock()
    begun = time.perf_counter()
    ends, given = begun + seconds, iter(range(requests))

    def visitor() -> None:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=300)
        while time.perf_counter() < ends and not wrong:
            with turn:
                number = next(given, None)
            if number is None:
                break
            late = 0.0
            if rate:
                due = begun + number / rate
                time.sleep(max(0.0, due - time.perf_counter()))
                late = time.perf_counter() - due
            visit = visits[number % len(visits)]
            answer = _send(connection, visit)
            if answer.status != 200:
                wrong.append(f"{visit.path} : {answer.status}")
            taken.append(answer.seconds + late)
        connection.close()

    before = server.cpu()
    visitors = [threading.Thread(target=visitor) for _ in range(connections)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    elapsed = time.perf_counter() - begun
    if wrong:
        raise RuntimeError(wrong[0])
    taken.sort()
    cpu = (server.cpu() - before) / len(taken)
    return Pace(len(taken), len(taken) / elapsed, _at(taken, 0.5) * 1000, _at(taken, 0.95) * 1000, cpu * 1000)


def _at(ordered: list[float], share: float) -> float:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def weigh(port: int, visit: Visit) -> Weight:
    """A page with all that a browser without a cache would ask for: styles, scripts, their imports, pictures."""
    first = ask(port, visit)
    html = _plain(first)
    waiting = [urljoin(visit.path, link.decode()) for link in _RESOURCES.findall(html)]
    seen: set[str] = set()
    whole = len(first.body)
    while waiting:
        link = waiting.pop()
        if link in seen or link.startswith(("data:", "#")) or re.match(r"https?:", link):
            continue
        if not re.search(r"\.(css|js|png|svg|woff2?|webp|jpe?g)$", link):
            continue
        seen.add(link)
        answer = ask(port, Visit("", link, visit.headers))
        whole += len(answer.body)
        inside = {"css": _IN_STYLES, "js": _IN_MODULES}.get(link.rpartition(".")[2])
        if inside:
            waiting += [urljoin(link, name.decode()) for name in inside.findall(_plain(answer))]
    return Weight(len(html), len(first.body), len(gzip.compress(html, 6)), whole, 1 + len(seen))


def _plain(answer: Answer) -> bytes:
    encoding = answer.headers.get("content-encoding", "")
    if encoding == "gzip":
        return gzip.decompress(answer.body)
    if encoding == "br":
        import brotli

        plain: bytes = brotli.decompress(answer.body)
        return plain
    return answer.body
