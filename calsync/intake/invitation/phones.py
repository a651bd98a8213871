"""The number to call that a text gives: the one near the contact's name, or the only one.

Numbers to dial into a meeting are nobody's, and one that they will call is the
candidate's own.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

__all__ = ["number_to_call"]

_MOST = 60
_NEAR = 160
"""Characters between a name and its number."""
_A_LINE = 40
"""Characters that a line's end counts for."""
_READ = 6_000
_BLOCK = 12
"""Lines in which a list of numbers to dial in goes on."""

_DIAL_IN = re.compile(
    r"dial[ -]?(?:in|by)|one[ -]tap|join by (?:phone|telephone)|call[ -]in|toll|local number|conference (?:id|bridge)|"
    r"\bpin\b|access code|meeting (?:id|number)|passcode|phone conference|audio only|or call|more phone numbers|"
    r"einwahl|einwählen|per telefon (?:teilnehmen|einwählen)|telefonkonferenz|konferenz-?id|zugangscode|"
    r"rejoindre par téléphone|numéro local|appel(?:er)? par téléphone|code d'accès|unirse por teléfono|número local|"
    r"acceso telefónico|ring in|anslut via telefon|mötes-?id|電話で参加|ミーティング ?id|ダイヤルイン",
    re.IGNORECASE,
)
_THEIR_CALL = re.compile(
    r"(?:call|phone|ring|reach) you|your (?:phone|mobile|cell|number)|invitee|(?:wir rufen|ich rufe|ruft|rufen wir|rufe ich|melden uns) "
    r"(?:sie|dich|bei ihnen)|ihre (?:telefon|handy|mobil)?-?nummer|sie an(?:rufen)?\b|vous appel|votre (?:numéro|téléphone)|"
    r"le llamar|te llamar|llamaremos|su (?:número|teléfono)|ringer (?:vi |jag )?(?:dig|upp dig)|ditt (?:nummer|telefon)|お電話(?:を)?(?:差し上げ|いたし)",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(
    r"\bfax\b|telefax|\bvat\b|ust-?id|\bref\b|\breq\b|\bid\b|kennziffer|iban|siret|org\.? ?nr", re.IGNORECASE
)
_DIALLED_ON = re.compile(r"\s{0,2}(?:,,|;|#|x\d|\*\d|p\d)")


class _Found(msgspec.Struct, frozen=True):
    """A number in international form, and where it stands."""

    number: str
    begin: int
    end: int


def number_to_call(
    words: str, contact: str, country: str, *, own: str = "", others: Sequence[str] = ()
) -> str:
    """The contact's number in international form; "" where none is told or several could be meant.

    ``country`` says how a national number is read, ``own`` is the candidate's
    number, and ``others`` are people whose numbers are not the contact's.
    """
    words = words[:_READ]
    if sum(map(str.isdigit, words)) < 5:  # noqa: PLR2004  # no number has fewer
        return ""
    found = list(_numbers(words, country))
    mine = "".join(filter(str.isdigit, own))[-8:]
    near: list[tuple[int, str]] = []
    meant: list[str] = []
    for each in found:
        distance = _distance(words, each, contact)
        nearer = [other for name in others if (other := _distance(words, each, name)) is not None]
        is_another_s = nearer and (distance is None or min(nearer) < distance)
        if not is_another_s and not (mine and _digits(each.number).endswith(mine)):
            meant.append(each.number)
            near += [(distance, each.number)] if distance is not None else []
    if len(set(meant)) == 1:
        return meant[0]
    return min(near)[1] if near else ""


def _numbers(words: str, country: str) -> Iterator[_Found]:
    """Those that are somebody's whom one may call."""
    import phonenumbers  # noqa: PLC0415  # 27 ms, for texts with a number in them

    leniency = phonenumbers.Leniency.VALID
    for match in phonenumbers.PhoneNumberMatcher(words, country or None, leniency, max_tries=_MOST):
        if not _is_no_ones(words, match.start, match.end):
            form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
            yield _Found(phonenumbers.format_number(match.number, form), match.start, match.end)


def _is_no_ones(words: str, begin: int, end: int) -> bool:
    """A number to dial in, a fax, the candidate's own, or no number for talking at all."""
    before = words[:begin]
    line = before.rpartition("\n")[2]
    rest = words[end:].partition("\n")[0]
    sentence = re.split(r"[.!?]\s", line)[-1]
    if _DIALLED_ON.match(rest) or _NO_PHONE.search(line[-25:]) or "http" in line[-200:].rpartition(" ")[2]:
        return True
    if _THEIR_CALL.search(sentence):
        return True
    return bool(_DIAL_IN.search(sentence) or _DIAL_IN.search(rest[:60]) or _heads_a_list(before))


def _heads_a_list(before: str) -> bool:
    """Whether lines of numbers to dial in go on up to here; a line without one ends them."""
    lines = before.split("\n")[:-1][-_BLOCK:]
    for line in reversed(lines):
        if _DIAL_IN.search(line):
            return True
        if not re.search(r"\d{3}", line):
            return False
    return False


def _distance(words: str, found: _Found, person: str) -> int | None:
    """How far it is from a person's name; names stand before numbers, and on their line or the one above."""
    distances = []
    for name in {person, *person.split()[:1], *person.split()[-1:]} - {""}:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE):
            is_before = match.end() <= found.begin
            between = words[match.end() : found.begin] if is_before else words[found.end : match.start()]
            lines = between.count("\n")
            distances.append(
                len(between) + _A_LINE * lines + (0 if is_before else 2 * _A_LINE * lines + _A_LINE // 2)
            )
    return min((each for each in distances if each <= _NEAR), default=None)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
