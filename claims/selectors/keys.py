"""Which keys a page knows: one table for the dialog of every page and for the page that lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Place(StrEnum):
    """A kind of page. Everywhere holds on each page of the newsroom."""

    EVERYWHERE = "everywhere"
    LIST = "list"
    READING = "reading"
    CLAIM = "claim"
    FORM = "form"
    QUEUE = "queue"
    DESK = "desk"


PLACES: dict[Place, Promise] = {
    Place.EVERYWHERE: _("On every page"),
    Place.LIST: _("Lists and my day"),
    Place.READING: _("Reading room"),
    Place.CLAIM: _("Claim"),
    Place.FORM: _("Forms"),
    Place.QUEUE: _("Queue of the review desk"),
    Place.DESK: _("One claim at the review desk"),
}
#: The kind of page by the name of its route; a page that is not named here knows what every page knows.
_PLACE_OF: dict[str, Place] = {
    "home": Place.LIST,
    "article_list": Place.LIST,
    "claim_list": Place.LIST,
    "source_list": Place.LIST,
    "notice_list": Place.LIST,
    "search": Place.LIST,
    "article_detail": Place.READING,
    "claim_detail": Place.CLAIM,
    "claim_log": Place.FORM,
    "log_from_article": Place.FORM,
    "claim_ask": Place.FORM,
    "article_take_in": Place.FORM,
    "source_add": Place.FORM,
    "claims_claim_changelist": Place.QUEUE,
    "claims_claim_change": Place.DESK,
}


@dataclass(frozen=True, slots=True)
class Key:
    """``strokes`` are pressed one by one unless ``together``; ``does`` says what for."""

    strokes: tuple[str, ...]
    does: Promise
    together: bool = False


_SEARCH = Key(("/",), _("go to the search field"))
KEYS: dict[Place, tuple[Key, ...]] = {
    Place.EVERYWHERE: (
        Key(("?",), _("list the keys of this page")),
        _SEARCH,
        Key(("Esc",), _("leave the field, close the list")),
    ),
    Place.LIST: (
        Key(("J", "K"), _("go to the next or the last row")),
        Key(("Enter",), _("open the row")),
    ),
    Place.READING: (
        Key(("J", "K"), _("select the next or the last sentence")),
        Key(("Shift", "←", "→"), _("make the selection smaller or larger"), together=True),
        Key(("L",), _("log the selected words")),
        Key(("N",), _("put in what is new")),
        Key(("Esc",), _("close the claim beside the text")),
        Key(("F",), _("follow, or stop following")),
    ),
    Place.CLAIM: (
        Key(("J", "K"), _("go to the next or the last piece of evidence")),
        Key(("F",), _("follow, or stop following")),
    ),
    Place.FORM: (Key(("Ctrl", "Enter"), _("send the form"), together=True),),
    Place.QUEUE: (
        Key(("J", "K"), _("go to the next or the last row")),
        Key(("X",), _("tick the row")),
        Key(("N",), _("take the next claim")),
        Key(("T",), _("take what is ticked")),
        Key(("G",), _("give back what is ticked")),
    ),
    Place.DESK: (
        Key(("J", "K"), _("go to the next or the last piece of evidence")),
        Key(("A",), _("accept it")),
        Key(("R",), _("reject it")),
        Key(("1", "2", "3"), _("change its stance")),
        Key(("U",), _("take the decision back")),
        Key(("C",), _("open the capture")),
        Key(("V",), _("go to the verdict")),
    ),
}


@dataclass(frozen=True, slots=True)
class KeysOfPlace:
    name: Promise
    keys: tuple[Key, ...]


def keys_of(route: str) -> list[KeysOfPlace]:
    """Return the keys of the page with this route, its own first."""
    place = _PLACE_OF.get(route)
    told = _told([place, Place.EVERYWHERE] if place else [Place.EVERYWHERE])
    if place is Place.DESK:
        # The one page without a search field.
        told[-1] = KeysOfPlace(told[-1].name, tuple(key for key in told[-1].keys if key is not _SEARCH))
    return told


def all_keys() -> list[KeysOfPlace]:
    return _told(PLACES)


def _told(places: Iterable[Place]) -> list[KeysOfPlace]:
    return [KeysOfPlace(PLACES[place], KEYS[place]) for place in places]
