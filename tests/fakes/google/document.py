"""The discovery document that ships with the client, as the judge of every request.

``Document.route`` finds the method, ``query`` and ``body`` say what does not fit:
values of a wrong type are refused as Google does, names that are unknown or
read-only are gathered as ``Offence``s, so that a test can fail on them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.fakes.google.errors import Refused, bad_value, missing
from tests.fakes.google.times import moment

__all__ = ["Document", "Method", "Offence", "document"]

# Not marked in the document, but nobody's to send.
SERVERS_OWN = frozenset({"etag", "kind"})
IMMUTABLE = frozenset({"eventType", "privateCopy", "originalStartTime", "birthdayProperties", "iCalUID"})
LARGEST = 2_147_483_647
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}


@dataclass(frozen=True, slots=True)
class Offence:
    """Something in a request that the document does not allow."""

    method: str
    what: str
    name: str


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the API: ``events.insert`` and what it takes."""

    id: str
    http: str
    path: re.Pattern[str]
    holes: tuple[str, ...]
    parameters: dict[str, dict[str, Any]] = field(repr=False)
    scopes: frozenset[str] = field(repr=False)
    request: str = ""


class Document:
    """The methods and schemas of calendar v3."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.root = "/" + raw["servicePath"]
        self.batch = "/" + raw["batchPath"]
        self.schemas = raw["schemas"]
        methods = list(self._methods())
        self.methods = sorted(methods, key=lambda method: len(method.holes))  # words before holes

    def route(self, http: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The method for a path as it stands in the request line, and what fills its holes."""
        for method in self.methods:
            found = method.path.fullmatch(path) if method.http == http else None
            if found:
                values = (unquote(value) for value in found.groups())
                return method, dict(zip(method.holes, values, strict=True))
        return None

    def query(self, method: Method, query: dict[str, list[str]]) -> tuple[dict[str, Any], list[Offence]]:
        """The parameters as values, and those that do not exist; raises for values that cannot be."""
        known = {name: each for name, each in method.parameters.items() if each["location"] == "query"}
        offences = [Offence(method.id, "unknown parameter", name) for name in query if name not in known]
        offences += [
            Offence(method.id, "parameter more than once", name)
            for name, values in query.items()
            if name in known and len(values) > 1 and not known[name].get("repeated")
        ]
        for name, each in known.items():
            if each.get("required") and name not in query:
                raise missing(f"Required parameter: {name}", at=name)
        values = {name: _values(name, known[name], query[name]) for name in query if name in known}
        return values, offences

    def body(self, method: Method, body: dict[str, Any]) -> list[Offence]:
        """What in the body is nobody's to send; raises for values of a wrong type."""
        properties = self.schemas[method.request]["properties"]
        found = self._check(method, properties, body, "")
        return [Offence(method.id, what, name) for what, name in found]

    def _methods(self) -> Iterator[Method]:
        common = self.raw["parameters"]
        for resource, each in self.raw["resources"].items():
            for verb, method in each["methods"].items():
                holes = re.findall(r"\{(\w+)\}", method["path"])
                pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(self.root + method["path"]))
                yield Method(
                    f"{resource}.{verb}",
                    method["httpMethod"],
                    re.compile(pattern),
                    tuple(holes),
                    common | method.get("parameters", {}),
                    frozenset(method.get("scopes", ())),
                    method.get("request", {}).get("$ref", ""),
                )

    def _check(
        self, method: Method, properties: dict[str, Any], value: dict[str, Any], place: str
    ) -> Iterator[tuple[str, str]]:
        """What is wrong with the names in an object; raises for values of a wrong type."""
        for name, inner in value.items():
            where = f"{place}{name}"
            if name not in properties:
                yield "unknown property", where
            elif _read_only(method, where, properties[name]):
                yield "read-only property", where
            elif inner is not None:
                yield from self._check_value(method, properties[name], inner, where)

    def _check_value(
        self, method: Method, schema: dict[str, Any], value: object, where: str
    ) -> Iterator[tuple[str, str]]:
        schema = self.schemas[schema["$ref"]] if "$ref" in schema else schema
        kind = schema["type"]
        if not isinstance(value, KINDS[kind]) or (kind != "boolean" and isinstance(value, bool)):
            raise bad_value(f"Invalid value for: {where} is not of the type {kind}")
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._check_value(method, schema["items"], item, f"{where}[{index}]")
        elif isinstance(value, dict) and "additionalProperties" in schema:
            for name, inner in value.items():
                if inner is not None:
                    yield from self._check_value(
                        method, schema["additionalProperties"], inner, f"{where}.{name}"
                    )
        elif isinstance(value, dict):
            yield from self._check(method, schema["properties"], value, f"{where}.")


@cache
def document() -> Document:
    """The packaged one, read once."""
    import googleapiclient  # noqa: PLC0415  # a fifth of a second that only the fake needs

    folder = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    return Document(json.loads((folder / "calendar.v3.json").read_text(encoding="utf-8")))


def _read_only(method: Method, where: str, schema: dict[str, Any]) -> bool:
    if where == "organizer" and method.id == "events.import":
        return False
    if where in IMMUTABLE:
        return method.id in {"events.patch", "events.update"}
    return where in SERVERS_OWN or "Read-only" in schema.get("description", "").replace(
        "Read-Only", "Read-only"
    )


def _values(name: str, schema: dict[str, Any], texts: list[str]) -> Any:
    values = [_value(name, schema, text) for text in texts]
    return values if schema.get("repeated") else values[-1]


def _value(name: str, schema: dict[str, Any], text: str) -> Any:
    match schema["type"], schema.get("format"):
        case "integer", _:
            return _integer(name, schema, text)
        case "boolean", _:
            if text not in {"true", "false"}:
                raise bad_value(f"Invalid boolean value: '{text}'.", reason="invalidParameter", at=name)
            return text == "true"
        case "string", "date-time":
            return _date_time(text)
    if "enum" in schema and text not in schema["enum"]:
        allowed = ", ".join(schema["enum"])
        message = f"Invalid string value: '{text}'. Allowed values: [{allowed}]"
        raise bad_value(message, reason="invalidParameter", at=name)
    return text


def _integer(name: str, schema: dict[str, Any], text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,19}", text):
        raise bad_value(f"Invalid integer value: '{text}'.", reason="invalidParameter", at=name)
    low, high = int(schema.get("minimum", 0)), int(schema.get("maximum", LARGEST))
    if not low <= int(text) <= high:
        message = f"Invalid value '{text}'. Values must be within the range: [{low}, {high}]"
        raise bad_value(message, reason="invalidParameter", at=name)
    return int(text)


def _date_time(text: str) -> Any:
    """A time with its offset; Google says no more than Bad Request about one without."""
    found = moment(text)
    if found is None or found.tzinfo is None:
        raise Refused(400, "badRequest", "Bad Request")
    return found.replace(microsecond=0)  # fractions may be said, and are ignored
