"""Servers that let nobody in, or make no calendars; certificates that nobody vouches for; what stands in the way."""

import ssl

import pytest
import trustme

from calsync.errors import SignInAgain, Unavailable, Usage
from calsync.sync.reconcile import NeedsConsent
from calsync.targets.caldav import dav
from calsync.targets.caldav.http import checked, same_site
from calsync.targets.caldav.servers import KINDS, NAMED, kind_of
from tests.targets.caldav.proxy import Proxy
from tests.targets.caldav.servers import PASSWORD, USER, serving
from tests.targets.caldav.syncing_at_a_server import Somebody, quiet


@pytest.fixture
def radicale(tmp_path):
    with serving("radicale", tmp_path / "radicale") as url:
        yield url


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_a_known_authority_taken(
    radicale, tmp_path, monkeypatch
):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    proxy = Proxy(radicale, context)
    try:
        with Somebody(tmp_path / "one", proxy.url, radicale) as person:
            with pytest.raises(Unavailable, match="not safe") as error:
                person.signs_in()
            assert PASSWORD not in str(error.value)
            assert proxy.requests == []
            assert person.slept == []
            authority.cert_pem.write_to_path(tmp_path / "authority.pem")
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
            person.adds("a")
            assert person.syncs().created
    finally:
        proxy.close()


def test_a_server_that_wants_digest_never_sees_the_password(radicale, tmp_path):
    proxy = Proxy(radicale)
    proxy.digest = (USER, PASSWORD)
    try:
        with Somebody(tmp_path / "home", proxy.url, radicale) as person:
            with pytest.raises(SignInAgain):
                person.signs_in("wrong")
            person.adds("a")
            assert person.syncs().created
            assert quiet(person.syncs())
            proxy.forget()
            assert quiet(person.syncs())
            assert len(proxy.requests) <= 2
    finally:
        proxy.close()


def test_a_port_where_nobody_listens_says_so(tmp_path):
    with Somebody(tmp_path / "home", "http://127.0.0.1:9/") as person:
        with pytest.raises(Unavailable, match="cannot be reached"):
            person.signs_in()
        assert sum(person.slept) < 120


def test_where_no_calendar_can_be_made_one_that_is_there_is_named(radicale, tmp_path):
    proxy = Proxy(radicale)
    proxy.forbids = "MKCALENDAR"
    try:
        with Somebody(tmp_path / "home", proxy.url, radicale) as person:
            person.adds("a")
            with pytest.raises(Unavailable, match="lets no program make a calendar"):
                person.syncs()
            url = f"{radicale}kim/by-hand/"
            assert person.http.request("MKCALENDAR", url, content=dav.mkcalendar("By hand")).is_success
            assert person.syncs(calendar="By hand").created
            assert quiet(person.syncs())
    finally:
        proxy.close()


def test_a_named_calendar_with_others_events_wants_consent(radicale, tmp_path):
    with Somebody(tmp_path / "home", radicale) as person:
        person.adds("a")
        person.signs_in()
        url = f"{radicale}kim/private/"
        assert person.http.request("MKCALENDAR", url, content=dav.mkcalendar("Private")).is_success
        text = (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:strange\r\n"
            "DTSTAMP:20260101T000000Z\r\nDTSTART:20260701T100000Z\r\nDTEND:20260701T110000Z\r\n"
            "SUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        person.puts("/kim/private/strange.ics", text)
        with pytest.raises(NeedsConsent):
            person.syncs(calendar="Private")
        assert person.syncs(calendar="Private", yes=True).created
        person.removes("a")
        person.syncs(yes=True)
        assert list(person.texts()) == ["/kim/private/strange.ics"]


@pytest.mark.parametrize(
    "address",
    [
        "http://dav.example.org/",
        "ftp://dav.example.org/",
        "https://kim:secret@dav.example.org/",
        "https://dav.example.org/?a=b",
        "https:///",
        "nonsense",
    ],
)
def test_an_address_that_is_not_safe_is_refused_without_what_is_in_it(address):
    with pytest.raises(Usage) as error:
        checked(address)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("base", "other", "same"),
    [
        ("https://caldav.icloud.com/", "https://p01-caldav.icloud.com:443/x", True),
        ("https://posteo.de:8443/", "https://posteo.de/x", True),
        ("https://dav.example.org/", "https://example.org/x", True),
        ("https://dav.example.org/", "https://dav.example.org.evil.net/x", False),
        ("https://shop.co.uk/", "https://evil.co.uk/x", False),
        ("https://example.org/", "https://other.org/x", False),
        ("https://10.0.0.1/", "https://11.0.0.1/x", False),
        ("https://dav.example.org/", "http://dav.example.org/x", False),
        ("http://127.0.0.1:80/", "http://127.0.0.1:81/x", False),
    ],
)
def test_the_password_goes_to_its_own_site_alone(base, other, same):
    assert same_site(base, other) is same


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Log in</body></html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><multistatus xmlns="DAV:">&a;</multistatus>',
        b'<multistatus xmlns="DAV:"><response>',
        b"\xff\xfe",
    ],
)
def test_what_is_no_honest_answer_is_refused(body):
    with pytest.raises(ValueError, match=r"document|XML"):
        dav.multistatus(body)


def test_each_kind_of_server_has_a_day_and_the_named_ones_are_known():
    assert all(len(kind.seen) == len("2026-11-30") for kind in KINDS)
    assert kind_of("https://p42-caldav.icloud.com/1/").name == "iCloud"
    assert kind_of("https://dav.example.org/", "SOGo/5").tells_changes is False
    assert all(len(named.advice) == 3 for named in NAMED.values())
