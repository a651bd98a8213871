"""Playbooks: which follow-ups, how long after what, on whose advice; one TOML file each."""

from calsync.playbooks.advice import Advice, advice
from calsync.playbooks.files import BUILT_IN, DEFAULT, faults, find, load, names
from calsync.playbooks.schema import Calls, Count, Days, FollowUp, Playbook, StatusStep, ThankYou, WaitWindow

__all__ = [
    "BUILT_IN",
    "DEFAULT",
    "Advice",
    "Calls",
    "Count",
    "Days",
    "FollowUp",
    "Playbook",
    "StatusStep",
    "ThankYou",
    "WaitWindow",
    "advice",
    "faults",
    "find",
    "load",
    "names",
]
