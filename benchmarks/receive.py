"""Durable receive beside stock aiosmtpd with an empty handler, in one run: rates as ratios, and what a flood costs.

Servers and clients are processes of their own; rounds of the two servers alternate, so that a noisy machine disturbs both.
`python -m benchmarks.receive` prints a table and ends with status 1 when a bar is missed. Data go to a folder in the
current directory, which should be on a real disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ADDRESS = "forms@body.example"
CONNECTIONS = 10
CLIENT_PROCESSES = 2
BARS = {10 * 1024: 0.6, 300 * 1024: 1.5}
"""Our rate over the stock rate, by size of message in bytes."""
FLOOD_BYTES = 400 << 20
FLOOD_LIMIT = 10 << 20
FLOOD_GROWTH = 32 << 20
FLOOD_SECONDS = 0.1


# ---- servers


def serve_ours(folder: Path, max_bytes: int) -> None:
    from ingest.keeping import Keeper
    from ingest.limits import ListenerSettings
    from mailroom.post_door import PostDoor
    from records import migrate
    from records.blobs import FolderBlobs
    from records.db import connect

    database = connect(f"sqlite:///{folder / 'mailroom.db'}")
    migrate.upgrade(database)
    settings = ListenerSettings(addresses=frozenset({ADDRESS}), listen_on=(("127.0.0.1", 0),), max_bytes=max_bytes)

    async def run() -> None:
        with Keeper(database, FolderBlobs(folder / "blobs"), lambda: datetime.now(UTC)) as keeper:
            door = PostDoor(settings, keeper)
            print(urlsplit(await door.open()).port, flush=True)
            await asyncio.to_thread(sys.stdin.read)
            await door.close(settings.closing_seconds)

    asyncio.run(run())


def serve_stock() -> None:
    from aiosmtpd.smtp import SMTP

    class Empty:
        async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802
            return "250 OK"

    async def run() -> None:
        handler = Empty()
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, hostname="localhost"), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)

    asyncio.run(run())


# ---- clients


def message(size: int, mark: str) -> bytes:
    head = f"From: tutor@school.example\r\nTo: {ADDRESS}\r\nSubject: {mark}\r\n\r\n".encode()
    line = b"x" * 76 + b"\r\n"
    return head + line * ((size - len(head)) // len(line))


class Client:
    """A plain SMTP client that costs little itself."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.expect(b"220")
        self.say(b"EHLO school.example\r\n")

    def expect(self, code: bytes) -> None:
        reply = b""
        while not reply.endswith(b"\r\n") or reply[:-2].rpartition(b"\r\n")[2][3:4] == b"-":
            chunk = self.socket.recv(4096)
            if not chunk:
                raise ConnectionResetError
            reply += chunk
        if not reply.startswith(code):
            raise RuntimeError(reply.decode())

    def say(self, words: bytes, code: bytes = b"250") -> None:
        self.socket.sendall(words)
        self.expect(code)

    def deliver(self, content: bytes) -> None:
        self.say(b"MAIL FROM:<tutor@school.example>\r\n")
        self.say(b"RCPT TO:<%s>\r\n" % ADDRESS.encode())
        self.say(b"DATA\r\n", b"354")
        self.say(content + b".\r\n")

    def quit(self) -> None:
        self.say(b"QUIT\r\n", b"221")
        self.socket.close()


def drive(port: int, connections: int, size: int, seconds: float, reconnect: bool) -> None:
    """Deliver over some connections for a time, beginning when told; prints how many were taken."""
    counts = [0] * connections
    clients = [Client(port) for _ in range(connections)]
    print("ready", flush=True)
    sys.stdin.readline()
    until = time.monotonic() + seconds

    def one(number: int) -> None:
        client, process = clients[number], os.getpid()
        while time.monotonic() < until:
            client.deliver(message(size, f"{process}/{number}/{counts[number]}"))
            counts[number] += 1
            if reconnect:
                client.quit()
                client = Client(port)
        client.quit()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(connections)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"taken": sum(counts), "seconds": time.monotonic() - begun}), flush=True)


# ---- the run


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.receive", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("a process of the benchmark ended before it had anything to say")
    return line.strip()


class Server:
    """A server process: its port, and what it costs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.port = int(heard(process))

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, which: str) -> int:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(which):
                return int(line.split()[1]) * 1024
        raise KeyError(which)


@contextmanager
def server(*arguments: object) -> Iterator[Server]:
    process = start(*arguments)
    try:
        yield Server(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def round_of(target: Server, size: int, seconds: float, reconnect: bool) -> tuple[float, float]:
    """Messages a second, and milliseconds of the server's processor for each."""
    share = CONNECTIONS // CLIENT_PROCESSES
    clients = [start("drive", target.port, share, size, seconds, int(reconnect)) for _ in range(CLIENT_PROCESSES)]
    for client in clients:
        heard(client)
    before = target.cpu()
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    results = [json.loads(heard(client)) for client in clients]
    for client in clients:
        client.wait(60)
    taken = sum(result["taken"] for result in results)
    return sum(result["taken"] / result["seconds"] for result in results), (target.cpu() - before) / taken * 1000


def compare(ours: Server, stock: Server, size: int, options: argparse.Namespace, reconnect: bool) -> float:
    """The median of the rounds' ratios."""
    rounds = []
    for number in range(options.rounds + 1):
        pair = [round_of(one, size, options.seconds if number else 1, reconnect) for one in (ours, stock)]
        if number:
            # The first, short round only warms up.
            rounds.append(pair)
    ratio = statistics.median(mine[0] / theirs[0] for mine, theirs in rounds)
    for name, index in (("ours, durable", 0), ("stock, empty", 1)):
        rates = [pair[index][0] for pair in rounds]
        cost = statistics.median(pair[index][1] for pair in rounds)
        print(
            f"  {name:14} {statistics.median(rates):7.0f} messages/s  ({min(rates):.0f} to {max(rates):.0f})  {cost:.2f} ms of processor each"
        )
    print(f"  ratio {ratio:.2f}  (rounds: {', '.join(f'{mine[0] / theirs[0]:.2f}' for mine, theirs in rounds)})")
    return ratio


def flood(target: Server) -> tuple[int, list[float]]:
    """Growth of memory while 400 MiB without a line end come in, and how long other sessions took meanwhile."""
    with_others(target, threading.Event(), warm=True)
    Path(f"/proc/{target.process.pid}/clear_refs").write_text("5")
    before, over = target.memory("VmRSS"), threading.Event()

    def pour() -> None:
        client = Client(target.port)
        client.say(b"MAIL FROM:<tutor@school.example>\r\n")
        client.say(b"RCPT TO:<%s>\r\n" % ADDRESS.encode())
        client.say(b"DATA\r\n", b"354")
        drop = b"x" * (1 << 20)
        for _ in range(FLOOD_BYTES >> 20):
            client.socket.sendall(drop)
        client.say(b"\r\n.\r\n", b"552")
        over.set()

    pouring = threading.Thread(target=pour)
    pouring.start()
    times = with_others(target, over)
    pouring.join()
    return target.memory("VmHWM") - before, times


def with_others(target: Server, over: threading.Event, *, warm: bool = False) -> list[float]:
    times: list[float] = []
    while not over.is_set():
        begun = time.monotonic()
        client = Client(target.port)
        client.deliver(message(10 * 1024, f"meanwhile {len(times)}"))
        client.quit()
        times.append(time.monotonic() - begun)
        if warm and len(times) == 20:
            break
    return times


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.receive", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="length of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reconnect", action="store_true", help="also a new connection for every message")
    parser.add_argument("--only", choices=["rates", "flood"])
    options = parser.parse_args(arguments)
    held = True
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd(), ignore_cleanup_errors=True) as folder:
        if options.only != "flood":
            (Path(folder) / "rates").mkdir()
            with server("ours", Path(folder) / "rates", 40 << 20) as ours, server("stock") as stock:
                for size, bar in BARS.items():
                    for reconnect in [False, True] if options.reconnect else [False]:
                        print(
                            f"{size >> 10} KB, {CONNECTIONS} connections{', a new one for each message' if reconnect else ''}"
                        )
                        ratio = compare(ours, stock, size, options, reconnect)
                        print(f"  bar {bar}: {'held' if ratio >= bar else 'MISSED'}", flush=True)
                        held = held and ratio >= bar
        if options.only != "rates":
            (Path(folder) / "flood").mkdir()
            with server("ours", Path(folder) / "flood", FLOOD_LIMIT) as ours:
                growth, times = flood(ours)
            times.sort()
            slow = times[int(len(times) * 0.95)]
            good = growth < FLOOD_GROWTH and slow < FLOOD_SECONDS
            print(f"{FLOOD_BYTES >> 20} MiB without a line end, limit {FLOOD_LIMIT >> 20} MiB")
            print(f"  memory grew {growth / (1 << 20):.1f} MiB")
            print(
                f"  {len(times)} other sessions, from connecting to goodbye: median {statistics.median(times) * 1000:.0f} ms, 95 % within {slow * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms"
            )
            print(
                f"  bars {FLOOD_GROWTH >> 20} MiB and {FLOOD_SECONDS * 1000:.0f} ms (95 %): {'held' if good else 'MISSED'}",
                flush=True,
            )
            held = held and good
    return 0 if held else 1


ROLES: dict[str, Any] = {
    "ours": lambda folder, limit: serve_ours(Path(folder), int(limit)),
    "stock": serve_stock,
    "drive": lambda port, connections, size, seconds, reconnect: drive(
        int(port), int(connections), int(size), float(seconds), reconnect == "1"
    ),
}
"""What a process of the benchmark may be, besides the run itself."""

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ROLES:
        ROLES[sys.argv[1]](*sys.argv[2:])
    else:
        sys.exit(main())
