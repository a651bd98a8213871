"""The playbooks that can be chosen, the user's own among them; one that cannot be read is left out."""

from typing import TYPE_CHECKING

from calsync.errors import CalsyncError

if TYPE_CHECKING:
    from calsync.playbooks import Playbook
    from calsync.web.visit import Visit

__all__ = ["playbooks"]


def playbooks(visit: "Visit") -> "list[Playbook]":
    """Every playbook that has a name, in order of the names."""
    from calsync.playbooks import names  # noqa: PLC0415  # only where one is chosen

    found = []
    for name in names(visit.home.playbooks):
        try:
            found.append(visit.desk.playbook(name))
        except CalsyncError:  # ``calsync playbook list`` says what is wrong with it
            continue
    return found
