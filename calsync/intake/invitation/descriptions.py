"""What the description of an invitation says of company and role: in labelled lines, else in sentences."""

import re

from calsync.intake.invitation.title_looks import is_role, without_number
from calsync.intake.invitation.titles import Title

__all__ = ["read_description"]

_READ = 4_000
_LABELS = {
    "role": (
        r"position|role|job|job title|title|vacancy|opening|job (?:requisition|posting)|requisition|applied (?:for|position)|"
        r"stelle|rolle|jobtitel|stellenbezeichnung|poste|intitulé du poste|puesto|cargo|vacante|roll|tjänst|befattning|"
        r"職種|職位|ポジション|募集職種|応募職種"
    ),
    "company": (
        r"company|company name|employer|organi[sz]ation|client|unternehmen|firma|arbeitgeber|entreprise|société|empresa|"
        r"företag|arbetsgivare|会社名|会社|企業名"
    ),
}
_LABELLED = {
    key: re.compile(rf"^[ \t*•・■-]*(?:{names})[ \t]*[:：][ \t]*(\S.{{1,99}})$", re.IGNORECASE | re.MULTILINE)
    for key, names in _LABELS.items()
}
_ANYWHERE = re.compile(
    r"(?<!\w)(?:role|position|stelle|poste|puesto|roll)[ \t]*: ([^.\n]{2,60})", re.IGNORECASE
)
# Names begin with a capital letter, whatever stands around them.
_CAPITAL = r"[A-ZÄÖÜÅÉÈÁÍÓÚÑ][\w&+#/.'-]*"
_TIE = r"(?:of|and|&|für|und|de|des|du|del|la|en|i) "
_WORDS = rf"{_CAPITAL}(?: (?:{_TIE}){{1,2}}[\w&+#/.'-]+|,? {_CAPITAL}|,? \({_CAPITAL}\)){{0,6}}"
_FIRST = rf"{_CAPITAL}(?: (?:&|und|and|de) {_CAPITAL}| {_CAPITAL}){{0,4}}"
_SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:role|position|post) (?:of|as)(?: an?| the)? (?P<role>{_WORDS})(?: (?:at|with) (?P<company>{_WORDS}))?",
        rf"\b(?:the|our|an?) (?P<role>{_WORDS}) (?:role|position|vacancy|opening)\b(?: (?:at|with) (?P<company>{_WORDS}))?",
        rf"\b(?:Stelle|Position)(?: als| des| der)? (?P<role>{_WORDS})(?: bei(?: der)? (?P<company>{_WORDS}))?",
        rf"\b[Ii]nterview (?:at|with) (?P<company>{_WORDS}) for (?:the (?:role|position) of )?(?:an? )?(?P<role>{_WORDS})",
        rf"\binterview(?:ing|ed)? for(?: an?| the)? (?P<role>{_WORDS}) (?:at|with) (?P<company>{_WORDS})",
        rf"\b[Ii]nterview for (?:the |an? )?(?P<role>{_WORDS}) (?:at|with) (?P<company>{_WORDS})",
        rf"\b(?:poste|emploi) (?:de |d'|d’)(?P<role>{_WORDS})(?: (?:chez|à|au sein de) (?P<company>{_FIRST}))?",
        rf"\b(?:puesto|posición|vacante|cargo) de (?P<role>{_WORDS})(?: en (?P<company>{_FIRST}))?",
        rf"\b(?:tjänsten|rollen|jobbet)(?: som)? (?P<role>{_WORDS})(?: (?:hos|på|vid) (?P<company>{_FIRST}))?",
        r"(?P<company>(?:株式会社|有限会社|合同会社)[^\s、。の]{1,20}|[^\s、。の]{1,20}(?:株式会社|有限会社))の(?P<role>[^\s、。に]{2,20}?)(?:職)?(?:に|の|へ)",
        rf"\b(?:applying (?:to|at)|application (?:to|at|with)|interest in) (?P<company>{_FIRST})(?P<role>(?!))?",
        rf"\b(?:Bewerbung bei|Interesse an)(?: der| dem)? (?P<company>{_FIRST})(?P<role>(?!))?",
        rf"\b(?:candidature (?:chez|auprès de)) (?P<company>{_FIRST})(?P<role>(?!))?",
        rf"\b(?:candidatura en|solicitud en) (?P<company>{_FIRST})(?P<role>(?!))?",
        rf"\b(?:ansökan (?:till|hos)) (?P<company>{_FIRST})(?P<role>(?!))?",
    )
)


def read_description(description: str) -> Title:
    """What labelled lines, else sentences of a description say of company and role."""
    said = Title()
    words = description[:_READ].replace("’", "'")
    for key, pattern in _LABELLED.items():
        if found := pattern.search(words):
            setattr(said, key, _value(found[1]))
    for pattern in _SENTENCES:
        if found := pattern.search(words):
            said.role = said.role or _value(found["role"] or "")
            said.company = said.company or _value(found["company"] or "")
    if not said.role and (found := _ANYWHERE.search(words)) and is_role(found[1]):
        said.role = _value(found[1])
    return said


def _value(text: str) -> str:
    return without_number(text).strip(" .,*_") if "://" not in text else ""
