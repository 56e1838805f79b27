"""Keeps what was made last, and has each thing made once: whoever asks meanwhile waits for that one making."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """At most ``size`` values of this process, the ones used last. Values must never be changed."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._making: dict[Key, Future[Value]] = {}

    def find(self, key: Key) -> Value | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def take(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of ``key``, made by ``make`` where there is none; what that raises, all get."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            making = self._making.get(key)
            if making is None:
                mine: Future[Value] = Future()
                self._making[key] = mine
        if making is not None:
            return making.result()
        try:
            value = make()
        except BaseException as failure:
            self._end(key)
            mine.set_exception(failure)
            raise
        self.put(key, value)
        self._end(key)
        mine.set_result(value)
        return value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def _end(self, key: Key) -> None:
        with self._lock:
            del self._making[key]
