"""Every rule of the advice, and what became of those that no text puts to work.

A rule of content stands in the comment of the templates that carry it
(``# rules: 000-16, …``). All others are here with the reason, so that the test
beside this file can say that none was forgotten.
"""

_RULES_IN_A_FILE = {"000": 24, "001": 24, "002": 25, "003": 14, "004": 20}
ALL_RULES = frozenset(
    f"{file}-{number:02}" for file, count in _RULES_IN_A_FILE.items() for number in range(1, count + 1)
)

_DATES = "decides when a follow-up comes, not what it says: playbooks and planner"
_CHANNEL = "decides between call and email, not what is said: planner"
_WHETHER = "decides whether a follow-up comes at all: playbooks and planner"
_RECIPIENT = "decides to whom a follow-up goes: the record and the planner"

ELSEWHERE = {
    "000-01": _WHETHER,
    "000-02": _CHANNEL,
    "000-04": _DATES,
    "000-07": _DATES,
    "000-08": _DATES,
    "000-09": _CHANNEL,
    "000-11": _DATES,
    "001-02": _CHANNEL,
    "001-03": _CHANNEL,
    "001-04": _CHANNEL,
    "001-06": _DATES,
    "001-07": _DATES,
    "001-08": _DATES,
    "001-09": _RECIPIENT + "; a text that sends a caller past the contact would break 003-14",
    "002-02": _CHANNEL,
    "002-05": _DATES,
    "002-06": _DATES,
    "002-07": _DATES,
    "002-13": _CHANNEL,
    "002-15": _CHANNEL,
    "002-16": _DATES,
    "002-17": _RECIPIENT,
    "002-18": _WHETHER,
    "002-20": _DATES,
    "002-21": _DATES,
    "002-22": _WHETHER,
    "002-23": _WHETHER,
    "003-01": _CHANNEL,
    "003-02": _DATES,
    "003-03": _DATES,
    "003-04": _DATES,
    "003-08": _DATES,
    "003-13": _DATES,
    "004-01": _CHANNEL,
    "004-02": "nothing is ever written for social media or text messages, so no text has to say so",
    "004-05": _DATES,
    "004-20": _CHANNEL,
}
