"""Widgets of stock forms that the desk mends."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext as _


class LabelledDateTime(AdminSplitDateTime):
    """Date and time in two fields, each with a name of its own.

    The stock widget prints “Date:” and “Time:” beside them as bare words, so that a screen reader reads the
    label of the whole for the first field and nothing for the second.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        date, time = context["widget"]["subwidgets"]
        date["attrs"]["aria-label"], time["attrs"]["aria-label"] = _("Date"), _("Time")
        return context
