"""``manage.py load_demonstration``: the demonstration day, on the demonstration desk."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from claims.actions.demonstration import load_demonstration
from claims.actions.first_people import DEMONSTRATION_DESK
from claims.models import Membership
from claims.rules.permissions import Role
from claims.selectors.people import actor_of


class Command(BaseCommand):
    help = "Load the demonstration day onto the demonstration desk. A second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        journalists = Membership.objects.filter(desk__name=DEMONSTRATION_DESK, role=Role.JOURNALIST.value)
        membership = journalists.select_related("person").order_by("pk").first()
        if membership is None:
            # A newsroom that runs without the demonstration desk does not want the demonstration either.
            if options["verbosity"]:
                self.stderr.write(
                    f"There is no desk “{DEMONSTRATION_DESK}” with a journalist; nothing loaded."
                )
            return
        article = load_demonstration(desk_id=membership.desk_id, actor=actor_of(membership.person))
        if options["verbosity"]:
            self.stdout.write(f"The demonstration day is loaded: article {article.pk}.")
