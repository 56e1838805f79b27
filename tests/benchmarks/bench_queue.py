"""The queue of the review desk at 1,000 and 1,000,000 claims, against the stock changelist, in one run.

    FACTCHECK_VAR=/tmp/bench python tests/benchmarks/bench_queue.py [--rows 1000 1000000] [--repeat 15]

Runs on the database that ``DATABASE_URL`` names (its contents are not touched: a database of its own is made
and dropped), so once for SQLite and once for PostgreSQL. Every page is asked over the whole stack: address,
session, person, roles, page. Rows are made by the database itself, all at two desks of three, with every
field spread, and a fiftieth of them with a draft. Prints one line per question: statements, the median, 95th
percentile and longest time, and the time computed by this process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
os.environ.setdefault("SECRET_KEY", "for measuring only")

import django

django.setup()

# ruff: noqa: E402

from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from claims.models import Claim, Desk, Membership, Person, Verdict
from claims.selectors.queue_question import ORDERS, Sort
from tests.benchmarks.own_database import own_database

QUEUE = "/admin/claims/claim/"
STOCK = "/stock/claims/claim/"
QUESTIONS = {
    "first page": "",
    "for anyone": "?waiting=free",
    "for me": "?waiting=mine",
    "for a second person": "?waiting=decide",
    "published": "?waiting=published",
    "everything": "?waiting=all",
    "state": "?waiting=all&state=not_checkable",
    "priority": "?priority=1",
    "risk": "?risk=health",
    "language": "?language=ru",
    "language of few": "?language=other",
    "overdue": "?deadline=overdue",
    "due within a day": "?deadline=day",
    "without a deadline": "?deadline=none",
    "less than an hour": "?waited=hour",
    "more than a week": "?waited=week",
    "four fields": "?priority=1&risk=election&language=uk&deadline=overdue",
    "four fields of few": "?priority=1&risk=anonymous_source&language=other&deadline=overdue",
    "risk and week": "?risk=casualties&waited=week",
    "earliest deadline": "?sort=deadline",
    "longest wait": "?sort=oldest",
    "newest": "?sort=newest",
    "last page": "?before=end",
    "last page, narrowed": "?risk=health&language=ru&before=end",
    "words": "?q=harbour+tugs",
}
STOCK_QUESTIONS = {
    "stock: first page": "",
    "stock: state": "?state__exact=not_checkable",
    "stock: risk": "?risk__exact=health",
    "stock: four fields": "?priority__exact=1&risk__exact=election&language__exact=uk&state__exact=logged",
    "stock: page 1,000 of it": "?p=1000",
    "stock: last page": "?p={last}",
    "stock: words": "?q=harbour",
}


class StockClaims(admin.ModelAdmin):  # type: ignore[type-arg]
    """What Django offers for the same table and the same filters."""

    list_display = ("__str__", "priority", "state", "risk", "language", "deadline", "logged_at", "held_by")
    list_filter = ("state", "priority", "deadline", "risk", "language", "logged_at")
    list_select_related = ("held_by", "claimant")
    search_fields = ("text", "summary")
    ordering = ("priority", "id")
    list_per_page = 50

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        # The desk's own frame is around this page too, and its links are to the desk.
        request.current_app = "admin"  # type: ignore[attr-defined]
        return answer


stock = admin.AdminSite(name="stock")
stock.register(Claim, StockClaims)
urlpatterns = [path("stock/", stock.urls), path("", include("factcheck.urls"))]


#: One row per number n: states, priorities, risks, languages and deadlines spread by primes, so that no two
#: fields go together; a tenth of a percent is in the language of few.
ROWS = """
INSERT INTO claims_claim (desk_id, text, summary, language, kind, attribution, topic, state, state_reason,
    merged_as, already_checked_url, risk, priority, deadline, logged_at, gather_round, version, held_by_id,
    held_until)
SELECT CASE WHEN n % 3 = 0 THEN {other} ELSE {desk} END,
    'Claim ' || n || ': the harbour log of that morning names ' || (n % 97) || ' tugs at the quay.',
    'Claim ' || n || ' about tugs', CASE WHEN n % 997 = 0 THEN 'other' WHEN n % 7 < 3 THEN 'uk'
    WHEN n % 7 < 5 THEN 'ru' ELSE 'en' END, 'count', '', '',
    CASE WHEN n % 11 < 5 THEN 'logged' WHEN n % 11 < 8 THEN 'checking' WHEN n % 11 = 8 THEN 'not_checkable'
    ELSE 'concluded' END, '', '', '',
    CASE n % 23 WHEN 0 THEN 'election' WHEN 1 THEN 'casualties' WHEN 2 THEN 'health' WHEN 3 THEN
    'private_person' WHEN 4 THEN 'anonymous_source' ELSE 'ordinary' END, 1 + (n % 13) / 4,
    CASE WHEN n % 5 = 0 THEN {deadline} END, {logged}, 0, 1, CASE WHEN n % 50021 = 1 THEN {person} END,
    CASE WHEN n % 50021 = 1 THEN {now} END
FROM {numbers}
"""


def fill(rows: int, desk: Desk, other: Desk, person: Person) -> None:
    """Make the claims numbered up to ``rows`` in one statement."""
    begin = Claim.objects.count()
    if connection.vendor == "sqlite":
        deadline = "strftime('%Y-%m-%d %H:%M:%S', 'now', ((n % 1009) - 300) || ' hours')"
        logged = "strftime('%Y-%m-%d %H:%M:%S', 'now', ((n - 1000000) / 400) || ' minutes')"
        numbers = (
            f"(WITH RECURSIVE c(n) AS (SELECT {begin + 1} UNION ALL SELECT n + 1 FROM c WHERE n < {rows})"
        )
        numbers += " SELECT n FROM c)"
        now = "strftime('%Y-%m-%d %H:%M:%S', 'now', '+10 minutes')"
    else:
        deadline = "now() + ((n % 1009) - 300) * interval '1 hour'"
        logged = "now() + ((n - 1000000) / 400) * interval '1 minute'"
        numbers, now = f"generate_series({begin + 1}, {rows}) AS s(n)", "now() + interval '10 minutes'"
    places = {"deadline": deadline, "logged": logged, "numbers": numbers, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(desk=desk.pk, other=other.pk, person=person.pk, **places))
    newest = Claim.objects.order_by("-pk").values_list("pk", flat=True)[: rows // 10]
    drafts = [
        Verdict(claim_id=id, revision=1, language="en", recorder=person, last_editor=person)
        for id in newest
        if id % 5 == 0
    ]
    Verdict.objects.bulk_create(drafts, batch_size=2_000, ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def ask(client: Client, address: str, repeat: int) -> tuple[int, list[float], float]:
    """Return the statements of one asking, the times of ``repeat`` in ms, and the time that this process
    computed for one (with SQLite the database is in it), which a busy machine lengthens less."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    statements = len(asked)
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    computing = time.process_time()
    for _ in range(repeat):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    computed = (time.process_time() - computing) * 1000
    return statements, sorted(times), computed / repeat


def tell(name: str, statements: int, times: list[float], computed: float) -> None:
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    line = f"  {name:32} {statements:3} statements  p50 {statistics.median(times):7.1f}  p95 {p95:7.1f}"
    print(f"{line}  max {times[-1]:7.1f} ms  computed {computed:7.1f} ms", flush=True)


def deep(client: Client, address: str) -> str:
    """Return a page a thousand pages down: its position is that of the 50,000th claim of the order."""
    rows = Claim.objects.filter(state__in=["logged", "checking"])
    at = rows.order_by("priority", "logged_at", "id")[min(50_000, rows.count() - 60)]
    place = ORDERS[Sort.PRIORITY].place(at)
    return f"{address}{'&' if '?' in address else '?'}after={place}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    with own_database("bench_queue"):
        settings.ROOT_URLCONF = __name__
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        desks = [Desk.objects.create(name=f"Desk {letter}") for letter in "AB"]
        person = Person.objects.create_user("rita", is_staff=True, is_superuser=True, password=None)
        for desk in desks:
            for role in ("reviewer", "editor"):
                Membership.objects.create(person=person, desk=desk, role=role)
        client = Client()
        client.force_login(person)
        for rows in chosen.rows:
            begun = time.perf_counter()
            fill(rows, *desks, person)
            print(f"{connection.vendor}, {rows:,} claims (made in {time.perf_counter() - begun:.1f} s)")
            told = {name: QUEUE + query for name, query in QUESTIONS.items()}
            told["page 1,000"] = deep(client, QUEUE)
            told["page 1,000, narrowed"] = deep(client, QUEUE + "?language=uk&risk=ordinary")
            last = -(-rows // 50)
            told |= {
                n: STOCK + q.format(last=last)
                for n, q in STOCK_QUESTIONS.items()
                if rows > 50_000 or "1,000" not in n
            }
            for name, address in told.items():
                if chosen.only in name:
                    is_stock = name.startswith("stock")
                    repeat = min(3, chosen.repeat) if is_stock else chosen.repeat
                    tell(name, *ask(client, address, repeat))


if __name__ == "__main__":
    main()
