"""Telling the WebSub hub which feeds changed (https://www.w3.org/TR/websub/); it fetches and distributes them.

Invariant: nothing but addresses of public feeds goes to the hub, and it is told again until it takes them: a
subscriber of a feed that missed a retraction would go on showing what was withdrawn.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.ingest.addresses import PORTS
from claims.ingest.fetch_errors import FetchError
from claims.ingest.posting import post
from claims.jobs.leases import LONGEST_BACKOFF
from claims.models import PublicEvent
from claims.selectors.feeds import feed_addresses_of

#: A hub that takes nothing for so long is not asked any more about this event; the next one tells it anew.
PATIENCE = timedelta(days=2)
#: Between two tries, in seconds; the first one comes at once and the wait grows with the event's age.
SHORTEST_WAIT = 5.0


def ping_hub(event_id: int) -> None:
    """Tell the hub about every feed that one event changed; the body of a job, safe to repeat.

    One request names all of them: ``hub.mode=publish`` with ``hub.url`` repeated, as hubs commonly take it (the
    standard leaves this step to the hub). Raises ``NotReady`` until the hub takes it.
    """
    hub = settings.WEBSUB_HUB_URL
    if not hub:
        return
    event = PublicEvent.objects.select_related("publication__claim").get(pk=event_id)
    topics = [("hub.url", address) for address in feed_addresses_of(event.publication)]
    body = urlencode([("hub.mode", "publish"), *topics]).encode()
    try:
        # The operator chose the hub, so that it may stand inside, as none that others name may.
        answer = post(
            hub, body, {"Content-Type": "application/x-www-form-urlencoded"}, allowed_hosts=_host(hub)
        )
    except FetchError as problem:
        _try_later(event, str(problem))
        return
    if not answer.is_success:
        _try_later(event, _("The hub answered with the status %(status)d.") % {"status": answer.status})


def _try_later(event: PublicEvent, problem: str) -> None:
    age = timezone.now() - event.at
    if age > PATIENCE:
        raise jobs.GiveUp(problem)
    raise jobs.NotReady(problem, after=min(LONGEST_BACKOFF, max(SHORTEST_WAIT, age.total_seconds() / 2)))


def _host(hub: str) -> list[str]:
    """Return ``host:port`` of the hub, as the list of allowed hosts names it."""
    parts = urlsplit(hub)
    return [f"{parts.hostname}:{parts.port or PORTS.get(parts.scheme, 0)}"]
