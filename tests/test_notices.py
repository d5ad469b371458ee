"""What is said to programs outside, without a crawl."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from newscrawl.errors import DiskFull, UsageError
from newscrawl.notices import Notice, check_address, pinged
from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as it:
        yield it


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://hc.example/ping/0f5c",
        "http://127.0.0.1:8000",
        "https://hc.example/a?b=c&d=%20",
        "http://[::1]:8000/x",
        "https://xn--bcher-kva.example/",
    ],
)
def test_addresses_that_can_be_asked(url: str) -> None:
    check_address("NEWSCRAWL_PING_URL", url)


@pytest.mark.parametrize(
    "url",
    [
        "hc.example/ping",
        "//hc.example/ping",
        "file:///etc/passwd",
        "https:///ping",
        "https://hc.example:port/",
        "https://hc.example:99999/",
        "https://hc.example:0/",
        "https://hc.example/a b",
        "https://hc.example/a\n",
        "https://hc.example/ə",
        "https://me@hc.example/",
        "https://me:word@hc.example/",
        "https://[::1/",
        f"https://{'a' * 64}.example/",
        "https://a..example/",
    ],
)
def test_addresses_that_can_never_be_asked(url: str) -> None:
    with pytest.raises(UsageError, match=r"^NEWSCRAWL_PING_URL is no web address") as refused:
        check_address("NEWSCRAWL_PING_URL", url)
    assert url not in str(refused.value), "it is a secret"


def test_the_end_of_a_long_log_in_whole_letters(receiver: Receiver) -> None:
    with pinged(f"{receiver.origin}/p", []) as turn:
        turn.exit_code = 3
        turn.said = ["first", "ə" * 5000, "last!"]
    start, end = receiver.asked
    assert (start.path, end.path) == ("/p/start", "/p/3")
    assert 3990 < len(end.body) <= 4000
    assert end.text.startswith("əəə")
    assert end.text.endswith("ə\nlast!")


@pytest.mark.parametrize(("error", "code"), [(DiskFull("no room"), 5), (UsageError("no such"), 2), (OSError("oh"), 1)])
def test_an_error_goes_on_its_way_and_is_told(receiver: Receiver, error: Exception, code: int) -> None:
    def breaking() -> None:
        with pinged(f"{receiver.origin}/p/", []) as turn:
            turn.said = ["a line"]
            raise error

    with pytest.raises(type(error)) as raised:
        breaking()
    assert raised.value is error
    assert receiver.paths == ["/p/start", f"/p/{code}"]
    assert receiver.asked[1].text == f"a line\n{type(error).__name__}: {error}"


def test_a_start_that_is_slow_comes_before_the_end(receiver: Receiver) -> None:
    receiver.seconds = 0.5
    began = time.monotonic()
    with pinged(f"{receiver.origin}/p", []) as turn:
        assert time.monotonic() - began < 0.4, "nobody waits for it"
        turn.exit_code = 0
    start, end = receiver.asked
    assert end.at - start.at >= 0.5


def test_without_an_address_nothing_happens() -> None:
    failures: list[str] = []
    with pinged("", failures):
        pass
    assert failures == []


def test_why_something_was_lost(receiver: Receiver) -> None:
    for status, words in ((404, "the answer was 404"), (301, "the answer was 301"), (204, None)):
        receiver.statuses = [status]
        assert Notice(f"{receiver.origin}/x").failure(10) == words
    assert receiver.paths == ["/x"] * 3, "a redirect is not followed"
    assert Notice("http://127.0.0.1:1/").failure(10) == "Connection refused"
    assert Notice("http://nowhere.invalid/secret").failure(20) not in (None, "")
    receiver.seconds = 2
    assert Notice(f"{receiver.origin}/x").failure(0.1) == "no answer in time"
