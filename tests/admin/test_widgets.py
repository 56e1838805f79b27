"""Stock forms that the desk mends."""

from __future__ import annotations

import re

from django.contrib import admin
from django.test import RequestFactory

from claims.admin.access import Administered, Rows
from claims.models import Claim


class Form(Administered, Rows):
    fields = ("deadline",)


def test_both_halves_of_a_date_time_have_a_name_for_a_screen_reader() -> None:
    form = Form(Claim, admin.site).get_form(RequestFactory().get("/"), change=True, fields=("deadline",))
    fields = re.findall(r"<input[^>]*>", str(form()["deadline"]))
    assert [re.findall(r'(name|aria-label)="([^"]+)"', field) for field in fields] == [
        [("name", "deadline_0"), ("aria-label", "Date")],
        [("name", "deadline_1"), ("aria-label", "Time")],
    ]
