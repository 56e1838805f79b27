"""What ``make run`` does with the installation itself: prepare it, show the main job, say where it is.

Each step may be repeated; what stands already is left as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from rich.console import Console
from rich.table import Table

from claims.actions.first_people import Login, create_first_people


def prepare(console: Console) -> list[Login]:
    """Migrate, open the index, collect static files, create the first people.

    Returns the logins that were created now; the passwords cannot be shown later.
    """
    with console.status("Preparing the database and the search index"):
        try:
            call_command("prepare_installation", verbosity=0)
        except CommandError as reason:
            console.print(str(reason), style="yellow")
    with console.status("Collecting static files"):
        collect_static_files()
    return create_first_people()


def load_demonstration(console: Console) -> None:
    """Load the demonstration day where there is a demonstration desk; the worker indexes it meanwhile."""
    with console.status("Loading the demonstration day"):
        call_command("load_demonstration", verbosity=0)


def collect_static_files() -> bool:
    """Collect and compress the static files unless nothing changed since; return whether it was needed."""
    stamp = settings.STATIC_ROOT.with_suffix(".stamp")
    state = hashlib.sha256("\n".join(_static_states()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text("ascii") == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state, "ascii")
    return True


def _static_states() -> Iterable[str]:
    for finder in get_finders():
        for name, storage in finder.list(None):
            yield f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()}"


def show_the_main_job(article: str, console: Console, check: Callable[[], None]) -> None:
    """Take in the person's article, if any, then gather evidence for each claim that has none, visibly."""
    commands = [("take_in_article", [article])] if article else []
    for command, arguments in [*commands, ("gather_claims", [])]:
        try:
            call_command(command, *arguments, look_after=check)
        except CommandError as reason:
            console.print(str(reason), style="yellow")


def say_where(console: Console, address: str, logins: list[Login]) -> None:
    """Print the address and, once, the passwords."""
    if logins:
        table = Table(title="Logins (shown only now)")
        for heading in ("name", "password", "role"):
            table.add_column(heading)
        for login in logins:
            table.add_row(login.username, login.password, login.role.value)
        console.print(table)
    else:
        console.print("Logins: as shown at the first start. A new password: manage.py changepassword NAME")
    console.print(f"\n[bold]{address}/[/bold]   review: {address}/admin/   stop: Ctrl-C")
