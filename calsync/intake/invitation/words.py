"""Words by which the title of an invitation is read, in English and German.

Each is the source of a regular expression without groups of its own. A word
that is missing is one more in its list.
"""

__all__ = [
    "ACRONYMS",
    "AT",
    "FIRM",
    "FOR",
    "FOR_ROLE",
    "INTERVIEW",
    "NOISE",
    "PREFIX",
    "ROLE",
    "TALK",
    "WITH",
]


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_STAGE = _any(
    r"(?:first|second|third|final|last|next|1st|2nd|3rd|initial)(?:[- ]round)?",
    r"round \d",
    r"on-?site",
    r"in[- ]person",
    r"intro(?:ductory)?",
    r"screening|virtual|video|remote|online|zoom|teams|technical|tech|behaviou?ral|panel|cultur(?:e|al)(?: fit)?",
    r"hr|job|phone|telephone|coding|live coding|system design|case(?: study)?|hiring manager|recruiter|loop",
    r"erste[srn]?|zweite[srn]?|persönliche[sn]?|telefonische[sn]?|digitale[sn]?|virtuelle[sn]?",
    r"\d{1,3}[- ]?min(?:ute[ns]?)?\.?",
)
INTERVIEW = (
    rf"(?:{_STAGE}[ -])*"
    + _any(
        "interviews?",
        "phone[- ]?screen(?:ing)?",
        "screening(?: call)?",
        "vorstellungsgespräch",
        "bewerbungsgespräch",
        "jobinterview",
        "telefoninterview",
        "kennenlerngespräch",
        "erstgespräch",
        "zweitgespräch",
    )
    + r"(?: (?:call|meeting|termin|loop|day|session|invitation|confirmation|round(?: \d)?|\d{1,2}))?"
)
"""A conversation that can be nothing else, with the words that say which one."""

TALK = rf"(?:{_STAGE}[ -])*(?:call|chat|meeting|conversation|gespräch|termin|telefonat)"
"""A conversation that may be one."""

PREFIX = (
    _any(
        "re",
        "fwd?",
        "aw",
        "wg",
        "(?:updated )?invitation(?: with note)?",
        "cancell?ed(?: event)?",
        "accepted",
        "tentative",
        "confirmed",
        "confirmation",
        "reminder",
        "(?:aktualisierte )?einladung",
        "abgesagt(?:er termin)?",
        "bestätigung",
        "erinnerung",
        "new event",
    )
    + r"\s*:\s*"
)
"""What mail programs put in front."""

AT = _any("at", "@", "bei(?: der| dem)?", "beim")
WITH = _any("with(?: the)?", "w/", "mit(?: der| dem)?")
FOR = _any("for(?: the| an?)?", "für(?: die| den| das| eine?n?)?")
FOR_ROLE = _any(
    r"for (?:the |our )?(?:role|position|post|job) (?:of|as)(?: an?| the)?",
    r"for (?:the )?(?:role|position)",
    r"as(?: an?| the| our)?",
    r"als",
    r"(?:für|um|auf) die (?:stelle|position|rolle)(?: als| des| der| einer| eines)?",
    r"zur stelle(?: als)?",
)

ROLE = (
    r"\b(?:(?:\w*(?:manager|engineer|developer|designer|analyst|architect|scientist|consultant|director|specialist|"
    r"coordinator|assistant|administrator|accountant|nurse|teacher|trainee|representative|associate|executive|"
    r"producer|editor|writer|researcher|technician|planner|buyer|clerk|controller|advis[eo]r|strategist|president|"
    r"officer|programmer|tester|supervisor|operator|driver|chef|cook|cashier|barista|electrician|mechanic|lawyer|"
    r"paralegal|pharmacist|therapist|physician|librarian|lecturer|professor|postdoc|translator|marketer|"
    r"copywriter|bookkeeper|receptionist|secretary|partner|principal|"
    r"entwickler|ingenieur|leiter|berater|referent|sachbearbeiter|mitarbeiter|werkstudent|praktikant|"
    r"buchhalter|pfleger|lehrer|erzieher|verkäufer|techniker|mechaniker|elektriker|redakteur|architekt)"
    r"(?:in|innen)?|internship|intern|lead|\w*leitung|\w*assistenz|praktikum|\w*kaufmann|\w*kauffrau|\w*fachkraft|"
    r"scrum master|product owner|head of|vice president|ausbildung)s?\b|\([mwfdx](?:/[mwfdx]){1,2}\))"
)
"""A word that names a position."""

ACRONYMS = r"(?:(?:jr|sr|junior|senior|lead)\.? )?(?:PM|PO|TPM|APM|SWE|SDE|SDET|QA|SRE|UX|UI|BA|DBA|CEO|CFO|CIO|CMO|COO|CPO|CTO|VP|EM|RN|HRBP|PA|EA)"
"""Positions that are spelt."""

FIRM = r"\b(?:inc|llc|ltd|limited|corp|corporation|gmbh|ag|se|kg|ohg|e\.?v|plc|group|labs?|technologies|systems|s\.?a|s\.?r\.?l|b\.?v|n\.?v|oy|ab|a/s|co)\b\.?"
"""What only companies are called by."""

NOISE = r"(?:(?:round|runde|part|teil|stage|day|tag) ?\d{1,2}|\d{1,3} ?min(?:ute[ns]?)?\.?|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|uhr)?(?: [a-z]{2,4})?|zoom|teams|microsoft teams|google meet|webex|phone|video|remote|on-?site|online|virtual|tbd|tentative|confirmed|candidate|bewerber(?:in)?)"
"""What is neither a company nor a position."""
