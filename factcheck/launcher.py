"""``make run``: everything on one machine, from an empty folder to the served page.

The order matters: the broker, the database and the people first; then the worker and the web server under
supervision, and the demonstration day while they start; then the main job where one can watch it. A second
start finds it all done and changes nothing.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from rich.console import Console

from factcheck import broker
from factcheck.supervision import Child, Supervisor

console = Console(highlight=False)

#: How long the web server may take to answer for the first time, in seconds.
WEB_STARTS_WITHIN = 60.0


class Stopped(BaseException):
    """The person pressed Ctrl-C, or the system asked us to end. Not an Exception: nothing may swallow it."""


class CannotStart(Exception):
    """There is a reason why nothing was started; the message is for the person."""


def main() -> int:
    """Run until stopped; return the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        with _only_launcher():
            _run()
    except Stopped:
        return 0
    except (CannotStart, broker.NoRedis, ImproperlyConfigured) as reason:
        console.print(str(reason), style="bold red", markup=False)
        return 1
    except OperationalError as reason:
        console.print(f"The database does not answer: {reason}", style="bold red", markup=False)
        return 1
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _run() -> None:
    address = _prepare_environment()
    django.setup()
    supervisor = Supervisor(os.environ, say=console.print)
    try:
        _start_everything(supervisor, address)
        while True:
            supervisor.check()
            time.sleep(0.5)
    finally:
        # A second Ctrl-C must not interrupt the ending and leave an orphan.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        console.print("Stopping.")
        supervisor.stop()


def _start_everything(supervisor: Supervisor, address: str) -> None:
    # These import Django's models, which are there only after django.setup().
    from factcheck import installation

    folder = _var_folder()
    if "FACTCHECK_OWN_REDIS" in os.environ:
        supervisor.start(
            Child(
                "redis",
                broker.redis_command(folder / "redis"),
                folder / "log" / "redis.log",
                death_signal=signal.SIGTERM,
            )
        )
    broker.wait_for_broker(os.environ["REDIS_URL"])
    logins = installation.prepare(console)
    for child in _own_children(folder):
        supervisor.start(child)
    installation.load_demonstration(console)
    _wait_for_web(supervisor)
    installation.show_the_main_job(os.environ.get("ARTICLE", ""), console, supervisor.check)
    installation.say_where(console, address, logins)


def _prepare_environment() -> str:
    """Settle port, address and broker for this process and its children; return the site's address."""
    host = os.environ.setdefault("HOST", "127.0.0.1")
    wanted = os.environ.get("PORT", "") or "8000"
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise CannotStart(f"PORT={wanted!r}: write a number between 1 and 65535.")
    port = _free_port(host, int(wanted))
    if port != int(wanted):
        console.print(f"Port {wanted} is taken; serving on port {port}.")
    os.environ["PORT"] = str(port)
    address = os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    if not os.environ.get("REDIS_URL"):
        os.environ["FACTCHECK_OWN_REDIS"] = "1"
        os.environ["REDIS_URL"] = broker.broker_url(_var_folder() / "redis")
    os.environ["FACTCHECK_LAUNCHER"] = str(os.getpid())
    os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
    return address


def _var_folder() -> Path:
    return Path(os.environ.get("FACTCHECK_VAR") or Path(__file__).resolve().parent.parent / "var").absolute()


def _own_children(folder: Path) -> list[Child]:
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "factcheck"]
    concurrency = str(max(2, min(4, multiprocessing.cpu_count())))
    worker = [
        "worker",
        "--concurrency",
        concurrency,
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]
    beat = ["beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", str(folder / "beat-schedule")]
    web = ["--interface", "wsgi", "--host", os.environ["HOST"], "--port", os.environ["PORT"]]
    web += ["--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers"]
    return [
        Child("worker", [*celery, *worker], folder / "log" / "worker.log"),
        Child("beat", [*celery, *beat], folder / "log" / "beat.log"),
        Child(
            "web", [python, "-m", "granian", *web, "factcheck.wsgi:application"], folder / "log" / "web.log"
        ),
    ]


def _free_port(host: str, wanted: int) -> int:
    for port in range(wanted, min(wanted + 100, 65536)):
        with socket.socket() as probe:
            # As servers do, so that a connection of an earlier run that still ends is no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise CannotStart(f"No free port from {wanted} to {wanted + 99} on {host}. Set PORT.")


def _wait_for_web(supervisor: Supervisor) -> None:
    host = "127.0.0.1" if os.environ["HOST"] == "0.0.0.0" else os.environ["HOST"]  # noqa: S104 - asked, not bound.
    address = f"http://{host}:{os.environ['PORT']}/healthz"
    deadline = time.monotonic() + WEB_STARTS_WITHIN
    while time.monotonic() < deadline:
        supervisor.check()
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise CannotStart(f"The web server does not answer; see {_var_folder() / 'log' / 'web.log'}.")


@contextmanager
def _only_launcher() -> Iterator[None]:
    """Hold the lock of this installation; two launchers would fight over its database and broker."""
    path = _var_folder() / "launcher.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            lock.seek(0)
            raise CannotStart(
                f"It runs here already (process {lock.read().strip() or 'unknown'})."
            ) from taken
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


if __name__ == "__main__":
    sys.exit(main())
