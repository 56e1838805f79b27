"""A page as a tagged PDF, made once for each content and kept as a file.

Invariant: the name of a kept file is the hash of the HTML that it was made from, so that it never shows
anything else. Making one is a process with a time limit, one at a time in each process of the site.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from claims.publish.pdf_worker import MISSING

WORKER = Path(__file__).with_name("pdf_worker.py")
LONGEST_SECONDS = 45
_one_at_a_time = threading.Lock()


class PdfLibraryMissing(Exception):
    """WeasyPrint or Pango is not installed here: there is no PDF, and asking again does not help."""


class PdfBusy(Exception):
    """Another PDF is being made, or this one took too long: asking again later helps."""


def pdf_name(html: str) -> str:
    return hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()


def kept_pdf(html: str, folder: Path) -> bytes:
    """Return the PDF of ``html``, made now or earlier. Raises ``PdfLibraryMissing`` and ``PdfBusy``."""
    kept = folder / f"{pdf_name(html)}.pdf"
    if kept.exists():
        return kept.read_bytes()
    if not _one_at_a_time.acquire(blocking=False):
        raise PdfBusy
    try:
        body = _made(html)
    finally:
        _one_at_a_time.release()
    folder.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed: whoever reads meanwhile finds the whole file or none.
    descriptor, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
    Path(name).replace(kept)
    return body


def _made(html: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, by its path; the HTML goes in as input)
            [sys.executable, "-I", str(WORKER)],
            input=html.encode("utf-8", "replace"),
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfBusy from None
    if done.returncode == MISSING:
        raise PdfLibraryMissing(done.stderr.decode(errors="replace"))
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RuntimeError(f"The PDF could not be made: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout
