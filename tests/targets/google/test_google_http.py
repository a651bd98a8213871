"""Every answer and every break: what is tried again and for how long, and what a person is told at once."""

import socket
import ssl
import threading
from contextlib import contextmanager

import pytest
from google.oauth2.credentials import Credentials

from calsync.errors import CalsyncError
from calsync.targets.google.api_errors import broken
from calsync.targets.google.calendar import Google
from calsync.targets.google.http import MOST_SECONDS, Retry, service
from tests.fakes.google import FakeGoogle, Fault
from tests.targets.google.syncing import TOKEN

LISTED = "GET /calendar"


@pytest.fixture
def fake():
    with FakeGoogle(token=TOKEN) as google:
        yield google


class Caller:
    """Somebody who lists a calendar of theirs, and notes how long they were made to wait."""

    def __init__(self, fake, token=TOKEN, root=None, timeout=5.0):
        self.fake, self.slept = fake, []
        self.client = service(root or fake.root, Credentials(token=token), timeout)

    def calls(self, request=None, *, jitter=1.0, **named):
        retry = Retry(self.slept.append, lambda: jitter)
        return retry.call(request or self.client.events().list(calendarId=self.calendar), **named)

    @property
    def calendar(self):
        return self.fake.user.calendars()[-1]

    def close(self):
        self.client.close()


@pytest.fixture
def caller(fake):
    made = Caller(fake)
    Google(made.client, Retry(made.slept.append, lambda: 0.5)).make_calendar("Follow-ups", "Europe/Berlin")
    yield made
    made.close()


AGAIN = ("rateLimitExceeded", "userRateLimitExceeded", "tooManyRequests", "internalError", "backendError",
         "badGateway", "unavailable", "gatewayTimeout", "drop", "reset", "cut")  # fmt: skip


@pytest.mark.parametrize("kind", AGAIN)
def test_what_may_pass_is_tried_again(fake, caller, kind):
    fake.faults.add(Fault(kind, times=3, only=LISTED))
    assert caller.calls().is_good
    assert len(caller.slept) == 3


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [
        ("rateLimitExceeded", 75, "slow down"),
        ("userRateLimitExceeded", 75, "slow down"),
        ("tooManyRequests", 75, "slow down"),
        ("backendError", 69, "fault of its own"),
        ("unavailable", 69, "fault of its own"),
        ("drop", 69, "broke off"),
        ("cut", 69, "broke off"),
    ],
)
def test_it_gives_up_after_ninety_seconds_of_waiting(fake, caller, kind, code, told):
    fake.faults.add(Fault(kind, times=50, only=LISTED))
    with pytest.raises(CalsyncError, match=told) as error:
        caller.calls()
    assert error.value.exit_code == code
    assert 40 < sum(caller.slept) <= MOST_SECONDS
    assert caller.slept == sorted(caller.slept)


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [
        ("quotaExceeded", 75, "no more changes"),
        ("dailyLimitExceeded", 75, "no more changes"),
        ("insufficientPermissions", 77, "calsync auth google"),
        ("accessNotConfigured", 69, "console.cloud.google.com"),
        ("html", 69, "sign-in page"),
        ("empty", 69, "sign-in page"),
    ],
)
def test_what_no_waiting_helps_is_said_at_once(fake, caller, kind, code, told):
    fake.faults.add(Fault(kind, only=LISTED))
    with pytest.raises(CalsyncError, match=told) as error:
        caller.calls()
    assert error.value.exit_code == code
    assert caller.slept == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("badRequest", 400),
        ("forbidden", 403),
        ("notFound", 404),
        ("duplicate", 409),
        ("deleted", 410),
        ("conditionNotMet", 412),
    ],
)
def test_what_concerns_one_call_is_its_answer(fake, caller, kind, status):
    fake.faults.add(Fault(kind, only=LISTED))
    assert caller.calls().status == status
    assert caller.slept == []


def test_a_token_that_google_does_not_take_means_signing_in_again(fake):
    other = Caller(fake, token="ya29.of-somebody-else")  # noqa: S106  # taken by nobody
    with pytest.raises(CalsyncError, match="calsync auth google") as error:
        other.calls()
    other.close()
    assert error.value.exit_code == 77


def test_half_of_the_wait_is_chance(fake, caller):
    waits = {}
    for jitter in (0.0, 1.0):
        caller.slept.clear()
        fake.faults.add(Fault("backendError", times=3, only=LISTED))
        caller.calls(jitter=jitter)
        waits[jitter] = list(caller.slept)
    assert waits == {0.0: [0.5, 1.0, 2.0], 1.0: [1.0, 2.0, 4.0]}


def test_a_wait_that_google_asks_for_is_kept(fake, caller):
    fake.faults.add(Fault("tooManyRequests", only=LISTED, retry_after=17))
    caller.calls()
    assert caller.slept == [17]


def test_a_wait_longer_than_we_have_is_not_begun(fake, caller):
    fake.faults.add(Fault("unavailable", only=LISTED, retry_after=3600))
    with pytest.raises(CalsyncError):
        caller.calls()
    assert caller.slept == []


def test_a_wait_may_be_a_date_which_counts_from_the_answer_s_own(fake):
    head = "HTTP/1.1 503 Busy\r\nDate: Fri, 03 Jul 2026 09:00:00 GMT\r\nConnection: close\r\n"
    with answering(f"{head}Retry-After: Fri, 03 Jul 2026 09:00:40 GMT\r\n\r\n".encode()) as (port, _):
        caller = Caller(fake, root=f"http://127.0.0.1:{port}/")
        with pytest.raises(CalsyncError):
            caller.calls()
        caller.close()
    assert caller.slept == [40, 40]


def test_an_answer_that_never_comes_is_waited_for_only_so_long(fake):
    caller = Caller(fake, timeout=0.2)
    fake.user.add_calendar("x")
    fake.faults.add(Fault("hang", times=9, seconds=0.4))
    with pytest.raises(CalsyncError, match="does not answer") as error:
        caller.calls()
    caller.close()
    assert error.value.exit_code == 69
    assert len(caller.slept) <= 3


def test_a_calendar_is_asked_for_once_where_the_answer_is_lost(fake):
    caller = Caller(fake)
    fake.faults.add(Fault("drop", when="after"))
    before = len(fake.user.calendars())
    with pytest.raises(CalsyncError):
        Google(caller.client, Retry(caller.slept.append, lambda: 0.5)).make_calendar("F", "UTC")
    caller.close()
    assert len(fake.user.calendars()) == before + 1
    assert len(fake.requests) == 1


@pytest.mark.parametrize("kind", ["rateLimitExceeded", "unavailable"])
def test_a_calendar_that_was_refused_is_asked_for_again(fake, kind):
    caller = Caller(fake)
    fake.faults.add(Fault(kind))
    before = len(fake.user.calendars())
    Google(caller.client, Retry(caller.slept.append, lambda: 0.5)).make_calendar("F", "UTC")
    caller.close()
    assert len(fake.user.calendars()) == before + 1


# Other ends of the line


@contextmanager
def answering(octets):
    """A server that says the same to everybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard = []

        def serve():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(65536))
                    connection.sendall(octets)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], heard
        finally:
            server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join()


def test_a_redirect_is_not_followed_and_no_token_goes_with_it(fake):
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as (elsewhere, heard):
        moved = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{elsewhere}/\r\nContent-Length: 0\r\n\r\n"
        with answering(moved.encode()) as (port, _):
            caller = Caller(fake, root=f"http://127.0.0.1:{port}/")
            with pytest.raises(CalsyncError, match="sign-in page") as error:
                caller.calls()
            caller.close()
        assert heard == []
    assert error.value.exit_code == 69


def test_a_server_without_tls_gets_nothing(fake):
    with answering(b"HTTP/1.1 200 OK\r\n\r\n") as (port, heard):
        caller = Caller(fake, root=f"https://127.0.0.1:{port}/")
        with pytest.raises(CalsyncError, match="not safe") as error:
            caller.calls()
        caller.close()
    assert error.value.exit_code == 69
    assert TOKEN.encode() not in b"".join(heard)
    assert caller.slept == []


def test_nobody_there_is_said_after_two_more_tries(fake):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    caller = Caller(fake, root=f"http://127.0.0.1:{port}/")
    with pytest.raises(CalsyncError, match="cannot be reached") as error:
        caller.calls()
    caller.close()
    assert error.value.exit_code == 69
    assert len(caller.slept) == 2


@pytest.mark.parametrize(
    ("error", "told", "tries"),
    [
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known", 2),
        (ssl.SSLCertVerificationError("certificate verify failed"), "not safe", 0),
        (ssl.SSLEOFError("EOF"), "broke off", 100),
        (OSError(101, "Network is unreachable"), "Network is unreachable", 2),
        (TimeoutError("timed out"), "does not answer", 100),
    ],
)
def test_each_break_has_its_sentence(error, told, tries):
    found = broken(error)
    assert told in str(found.error)
    assert found.error.exit_code == 69
    assert found.tries == tries


def test_a_bug_of_ours_is_no_break():
    assert broken(ZeroDivisionError()) is None


def test_the_root_is_where_everything_goes_batches_too(fake):
    caller = Caller(fake)
    batch = caller.client.new_batch_http_request()
    assert batch._batch_uri == f"{fake.root}batch/calendar/v3"
    assert caller.client.events().list(calendarId="x").uri.startswith(f"{fake.root}calendar/v3/")
    caller.close()
