"""``python -m claims.verify_dossier FILE [--key KEY]``: check a dossier offline, without an installation.

Needs no settings, database or network. Exit status: 0 all holds, 1 something was altered, 2 the file cannot
be read as a dossier or the key is none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.publish.dossier_check import DossierReport, NotADossier, check_dossier
from claims.publish.signing import parsed_key

HOLDS, ALTERED, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file that ``arguments`` name, print what was found, return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m claims.verify_dossier", description="Check the dossier of a verdict, offline."
    )
    parser.add_argument("file", type=Path, help="the dossier (a zip)")
    parser.add_argument(
        "--key",
        default="",
        help="the installation's public key, in base64, or a file with it as published at "
        "/.well-known/factcheck-key.json",
    )
    asked = parser.parse_args(arguments)
    try:
        key = _key(asked.key) if asked.key else None
        report = check_dossier(asked.file, key)
    except (NotADossier, ValueError) as reason:
        print(f"{asked.file}: {reason}", file=sys.stderr)  # noqa: T201 - this is a command.
        return UNREADABLE
    print(_told(report, key is not None))  # noqa: T201
    return HOLDS if report.holds else ALTERED


def _key(given: str) -> Ed25519PublicKey:
    """Return the key that was given as text or as the name of a file. Raises ``ValueError``."""
    path = Path(given)
    try:
        text = path.read_text("utf-8") if len(given) < 4096 and path.is_file() else given
        return parsed_key(text)
    except (OSError, ValueError) as reason:
        raise ValueError(f"--key: {reason}.") from reason


def _told(report: DossierReport, key_was_given: bool) -> str:
    heading = (
        f"Dossier of verdict {report.verdict} (claim {report.claim}, revision {report.revision}) "
        f"of {report.installation}: {report.files} files, {report.events} events."
    )
    if not report.holds:
        count = len(report.findings)
        told = (f"  {found}" for found in report.findings)
        return "\n".join([heading, f"ALTERED, {count} found:", *told, *report.notes])
    whose = (
        "It was signed with the key that you gave."
        if key_was_given
        else f"It was signed with the key {report.key}.\nCompare it with the fingerprint at "
        f"{report.installation}/.well-known/factcheck-key.json, or give that file as --key."
    )
    return "\n".join([heading, "All holds.", *report.notes, whose])


if __name__ == "__main__":
    sys.exit(main())
