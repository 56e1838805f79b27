"""``manage.py train_suggestions``: learn which sentences this newsroom checks.

The model is stored, as plain JSON beside the other variable files, only when it beats the rules on sentences
that it has not seen; else the rules stay in use and an older model is taken away. Where nothing can be learnt,
whatever was in use stays in use.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.datasets import BadDataset
from claims.evaluation.labelled_files import BadLine, Sentence, read_labelled
from claims.evaluation.learning import FEWEST, FOLDS, Labelled, TooFew, fit, labelled, try_model
from claims.evaluation.newsroom import newsroom_sentences
from claims.language.checkworthiness_model import MODEL_FILE, LinearModel

_TOLD_EVERY = 1_000
_MOST_TOLD = 20  # Bad lines that are named; the rest is only counted.


class Command(BaseCommand):
    help = (
        "Learn which sentences to suggest, from the claims that this newsroom has logged or from a file of "
        "labelled sentences. The model is used only where it beats the rules."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            help="JSON Lines with text, label (0 or 1) and language instead of own claims",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        try:
            found = self._from_file(path) if path else newsroom_sentences()
            examples = list(self._counted(found))
        except BadDataset as broken:
            raise CommandError(str(broken)) from broken
        self._tell_examples(examples)
        try:
            trial = try_model(examples, self._tell_fold)
        except TooFew as few:
            raise CommandError(_nothing_learnt(few)) from few
        self.stdout.write(
            f"F1 on sentences held back: rules {trial.rules:.3f}, trained model {trial.trained:.3f}."
        )
        kept = Path(settings.VAR_DIR) / MODEL_FILE
        if trial.better:
            model = fit(examples)
            _store(model, kept)
            languages = ", ".join(sorted(model.languages))
            self.stdout.write(f"The model is in use from now on for {languages} ({kept}).")
        else:
            kept.unlink(missing_ok=True)
            self.stdout.write("The model does not beat the rules: the rules are in use.")

    def _from_file(self, path: Path) -> Iterator[Labelled]:
        bad = 0
        for row in read_labelled(path):
            if isinstance(row, Sentence):
                yield labelled(row.text, row.worth, row.language)
            else:
                bad += 1
                self._tell_bad(row, path, bad)
        if bad:
            self.stderr.write(f"{bad} lines of {path} were left out.")

    def _tell_bad(self, line: BadLine, path: Path, bad: int) -> None:
        if bad <= _MOST_TOLD:
            self.stderr.write(f"{path}:{line.number}: {line.why}; left out")

    def _counted(self, found: Iterable[Labelled]) -> Iterator[Labelled]:
        for number, example in enumerate(found, start=1):
            if number % _TOLD_EVERY == 0:
                self.stdout.write(f"{number} sentences read …")
            yield example

    def _tell_examples(self, examples: Sequence[Labelled]) -> None:
        worth = sum(each.worth for each in examples)
        languages = Counter(each.language for each in examples)
        told = ", ".join(f"{language} {count}" for language, count in languages.most_common())
        self.stdout.write(
            f"{len(examples)} sentences: {worth} worth checking, {len(examples) - worth} others"
            + (f" ({told})." if told else ".")
        )

    def _tell_fold(self, fold: int) -> None:
        self.stdout.write(f"Trained and tried: part {fold} of {FOLDS}.")


def _nothing_learnt(few: TooFew) -> str:
    if not few.worth + few.other:
        return "There are no labelled sentences: log claims from articles first, or name a --file."
    if not few.worth or not few.other:
        only = "worth checking" if few.worth else "not worth checking"
        return f"All sentences are {only}: a model needs at least {FEWEST} of each kind. Nothing was changed."
    return (
        f"Too few sentences to learn from: {few.worth} worth checking and {few.other} others, "
        f"where a model needs at least {FEWEST} of each kind. Nothing was changed."
    )


def _store(model: LinearModel, kept: Path) -> None:
    """Put the model in place at once: a page that reads it meanwhile sees the old one or the new one."""
    fresh = kept.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(model.to_json(), encoding="utf-8")
    fresh.replace(kept)
