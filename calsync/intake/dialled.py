"""Phone numbers somebody types: read by country, and refused with the reason before they are kept.

Files keep numbers as given, because a wrong digit in row 70 should not stop a
coach; who adds one interview by hand can mend it at once.
"""

from calsync.errors import BadValue

__all__ = ["dialled"]


def dialled(text: str, country: str) -> str:
    """The number in international form, like ``+1 212-555-0142``.

    Raises BadValue with the reason: too short, too long, no such country code,
    a national number without a country.
    """
    import phonenumbers  # noqa: PLC0415  # only where a number is typed

    try:
        read = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        kinds = phonenumbers.NumberParseException
        unread = {
            kinds.INVALID_COUNTRY_CODE: "no country has that code"
            if "+" in text
            else "its country is missing",
            kinds.TOO_SHORT_AFTER_IDD: "it is too short",
            kinds.TOO_SHORT_NSN: "it is too short",
            kinds.TOO_LONG: "it is too long",
        }.get(error.error_type, "there is no number in it")
        raise _refused(text, country, unread) from None
    reasons = phonenumbers.ValidationResult
    problem = {
        reasons.TOO_SHORT: "it is too short",
        reasons.TOO_LONG: "it is too long",
        reasons.INVALID_LENGTH: "it has the wrong length",
        reasons.INVALID_COUNTRY_CODE: "no country has that code",
        reasons.IS_POSSIBLE_LOCAL_ONLY: "its area code is missing",
    }.get(phonenumbers.is_possible_number_with_reason(read))
    if problem:
        raise _refused(text, country, problem)
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _refused(text: str, country: str, problem: str) -> BadValue:
    whose = f" of {country}" if country and not text.strip().startswith("+") else ""
    return BadValue(
        f"{text!r} is no phone number{whose}: {problem}",
        where="phone",
        remedy="write it like +1 212-555-0142" + ("" if country else ", or give its country"),
        code="CS-REC-030",
    )
