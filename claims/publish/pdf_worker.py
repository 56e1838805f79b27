"""A program of its own: reads HTML, writes a tagged PDF (PDF/UA-1). It fetches nothing.

Run by path and isolated (``python -I``), so that it imports nothing of the product and can be ended at any
moment. Exit code 3 says that WeasyPrint or the libraries that it needs are not installed.
"""

from __future__ import annotations

import sys

MISSING = 3


def main() -> int:
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as reason:
        sys.stderr.write(f"{reason}\n")
        return MISSING

    html = sys.stdin.buffer.read().decode("utf-8")
    body = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
