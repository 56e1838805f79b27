"""Times: dates, hours and spans that a text states, absolute or relative to its publication,
in three languages.

>>> from datetime import datetime, timezone
>>> published = datetime(2026, 5, 20, 12, tzinfo=timezone.utc)
>>> [str(t.start) for t in read_times("The plant reopened yesterday.", "en", published, "UTC")]
['2026-05-19 00:00:00+00:00']
>>> [str(t.start) for t in read_times("Засідання відбулося 3 травня.", "uk", published, "UTC")]
['2026-05-03 00:00:00+00:00']
>>> [str(t.start) for t in read_times("Авария произошла два дня назад.", "ru", published, "UTC")]
['2026-05-18 00:00:00+00:00']
"""

from claims.language.times.reader import read_times

__all__ = ["read_times"]
