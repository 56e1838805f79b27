"""The interface is complete in Ukrainian and Russian: every sentence of code and templates, in every form.

What has to be translated is read from the sources themselves (Python's syntax tree, Django's template lexer),
so that a machine without GNU gettext finds a forgotten sentence too.
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext
from django.utils.translation.template import templatize

from claims.corroboration.reasons import REASONS
from claims.language import checkworthiness
from claims.selectors.reason_wording import SUGGESTIONS
from tests.servers import ROOT

LANGUAGES = ("uk", "ru")
#: Where each call has its (context, singular, plural) among its arguments; None for “has none”.
CALLS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
#: The page of a broken server is one file in three languages: it may rely on nothing, so not on gettext.
PAGES = [path for path in sorted(ROOT.glob("templates/**/*.html")) if path.name != "500.html"]
#: Names that are the same in every language.
UNTRANSLATED = {
    "factcheck",
    "UTC",
    "SHA",
    "RSS",
    "Atom",
    "JSON",
    "Feed",
    "CSV",
    "PDF",
    "Ctrl",
    "Enter",
    "Shift",
}
#: One call in what ``templatize`` returns, up to the last of its strings.
TEMPLATE_CALL = re.compile(
    r"""\b(?:_|(?:n|p|np)?gettext)\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[\s,])*"""
)
#: A sentence as it is looked up: its context, and its singular and plural where it has one.
Key = tuple[str, tuple[str, ...]]


def _catalog(language: str) -> Catalog:
    with (ROOT / f"claims/locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


CATALOGS = {language: _catalog(language) for language in LANGUAGES}


def _as_tuple(told: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def _messages(language: str) -> Iterator[tuple[Key, Message]]:
    for message in CATALOGS[language]:
        if message.id:
            yield (message.context or "", _as_tuple(message.id)), message


def _calls(code: str, where: str) -> Iterator[tuple[Key, str]]:
    """Yield each sentence that ``code`` asks gettext for, with the place where it does."""
    tree = ast.parse(code)
    names = {name: name for name in CALLS} | {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {found.asname or found.name: found.name for found in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if names.get(called) not in CALLS:
            continue
        context, *forms = CALLS[names[called]]
        places = [place for place in forms if place is not None]
        told = [_constant(node.args[place]) for place in places]
        if all(words is not None for words in told):
            spoken = "" if context is None else _constant(node.args[context]) or ""
            yield (spoken, tuple(words or "" for words in told)), f"{where}:{node.lineno}"


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _template_calls(source: str, where: str) -> Iterator[tuple[Key, str]]:
    """Yield each sentence of a template. ``templatize`` turns its tags into calls and blots out the rest."""
    for call in TEMPLATE_CALL.findall(templatize(source)):
        arguments = call.rstrip(", \n")
        for key, _ in _calls(f"{arguments})", where):
            yield key, where


@cache
def _asked_for() -> dict[Key, str]:
    asked: dict[Key, str] = {}
    for path in [*sorted(ROOT.glob("claims/**/*.py")), *sorted(ROOT.glob("factcheck/*.py"))]:
        asked |= dict(_calls(path.read_text("utf-8"), str(path.relative_to(ROOT))))
    for path in sorted(ROOT.glob("templates/**/*.html")):
        asked |= dict(_template_calls(path.read_text("utf-8"), str(path.relative_to(ROOT))))
    return asked


def test_the_sentences_of_code_and_templates_are_found() -> None:
    code = (
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext as spoken\n"
        '_("One " "sentence")\nngettext("%(n)s piece", "%(n)s pieces", n)\nspoken("noun", "check")\n_(name)\n'
    )
    assert [key for key, _ in _calls(code, "")] == [
        ("", ("One sentence",)),
        ("", ("%(n)s piece", "%(n)s pieces")),
        ("noun", ("check",)),
    ]
    page = (
        """{% load i18n %}<p title="{% translate 'So' %}">{% translate "It's for" context "documents" %}"""
        "{% blocktranslate count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
        """{{ name|default:_("nobody") }}</p>"""
    )
    assert {key for key, _ in _template_calls(page, "")} == {
        ("", ("So",)),
        ("documents", ("It's for",)),
        ("", ("%(n)s row", "%(n)s rows")),
        ("", ("nobody",)),
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "templates")))
def test_a_template_says_nothing_past_gettext(page: Path) -> None:
    assert _bare_words(page.read_text("utf-8")) - UNTRANSLATED == set()


def test_words_past_gettext_are_seen_in_text_and_in_attributes() -> None:
    assert _bare_words('<p title="Bare title">{{ a }} plain {% translate "fine" %}</p>') == {
        "Bare",
        "title",
        "plain",
    }


def _bare_words(source: str) -> set[str]:
    """Return the words of a template that stand neither in a tag of Django's nor in markup."""
    blocks = r"{% (blocktranslate|comment)\b.*?{% end\1 %}|<(script|style)\b.*?</\2>"
    source = re.sub(r"{%.*?%}|{{.*?}}", "", re.sub(blocks, "", source, flags=re.DOTALL), flags=re.DOTALL)
    spoken = re.findall(r'\b(?:title|placeholder|aria-label|alt)="([^"]*)"', source)
    return set(re.findall(r"[^\W\d_]{2,}", " ".join([*spoken, re.sub(r"<[^>]*>|&\w+;", " ", source)])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_code_and_templates_is_in_the_catalog(language: str) -> None:
    # gettext finds a plural by its singular, so a sentence may share the entry of its plural.
    known = {(context, words[:1]) for (context, words), _ in _messages(language)}
    missing = [
        f"{where}: {words[0]}"
        for (context, words), where in _asked_for().items()
        if (context, words[:1]) not in known
    ]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_machine_is_in_the_catalog(language: str) -> None:
    known = {words[0] for (_, words), _ in _messages(language)}
    assert {*REASONS.values(), *SUGGESTIONS.values()} <= known
    assert set(checkworthiness.REASONS) == set(SUGGESTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_holds_no_sentence_that_nothing_asks_for(language: str) -> None:
    asked = {(context, words[:1]) for context, words in _asked_for()}
    assert not [words[0] for (context, words), _ in _messages(language) if (context, words[:1]) not in asked]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_in_all_its_forms(language: str) -> None:
    unfinished = [
        words[0]
        for (_, words), message in _messages(language)
        if message.fuzzy
        or not all(_as_tuple(message.string))
        or len(_as_tuple(message.string)) != (3 if len(words) > 1 else 1)
    ]
    assert not unfinished


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders_of_its_sentence(language: str) -> None:
    differing = [
        form
        for (_, words), message in _messages(language)
        for form in _as_tuple(message.string)
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(words[-1]))
        or re.findall(r"</?\w+>", form) != re.findall(r"</?\w+>", words[-1])
    ]
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_written_in_its_own_alphabet(language: str) -> None:
    foreign = {"uk": "ыэёъЫЭЁЪ", "ru": "іїєґІЇЄҐ"}[language]
    mixed = re.compile(r"[а-яєіїґёА-ЯЄІЇҐЁ][A-Za-z]|[A-Za-z][а-яєіїґёА-ЯЄІЇҐЁ]")
    # The search page shows one name in three languages.
    told = [
        form
        for (_, words), message in _messages(language)
        for form in _as_tuple(message.string)
        if "Medinsky" not in words[0]
    ]
    assert not [form for form in told if set(form) & set(foreign) or mixed.search(form)]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "uk",
            {1: "1 документ", 2: "2 документи", 5: "5 документів", 11: "11 документів", 21: "21 документ"},
        ),
        (
            "ru",
            {1: "1 документ", 2: "2 документа", 5: "5 документов", 12: "12 документов", 32: "32 документа"},
        ),
    ],
)
def test_a_number_chooses_the_form_of_its_word(language: str, told: dict[int, str]) -> None:
    with translation.override(language):
        said = {n: ngettext("%(n)s document", "%(n)s documents", n) % {"n": n} for n in told}
    assert said == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_pages_read_is_what_the_catalog_says(language: str) -> None:
    compiled = Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.mo")
    fresh = BytesIO()
    write_mo(fresh, CATALOGS[language])
    assert _sentences(compiled.read_bytes()) == _sentences(fresh.getvalue())


def _sentences(compiled: bytes) -> dict[object, str]:
    """Return what a compiled catalog translates, without its header: that names the tool and the time."""
    read = dict(vars(gettext.GNUTranslations(BytesIO(compiled)))["_catalog"])
    assert len(read) > 500
    return {key: told for key, told in read.items() if key}
