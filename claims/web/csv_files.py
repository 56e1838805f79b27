"""Lists as CSV files, written while they are sent: however long a list is, no process holds it whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from claims.publish.cells import Cell, csv_pieces


def csv_file(rows: Iterable[Iterable[Cell]], name: str) -> StreamingHttpResponse:
    """Answer with ``rows`` as the file ``name``, which is for the person who asked alone."""
    response = StreamingHttpResponse(csv_pieces(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
