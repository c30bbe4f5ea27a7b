"""Requests keep to the instance's limits, together and without knowing what remains."""

import pytest

from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import Call, RateLimited
from snow_escalations.servicenow.pacing import Pacing


class Time:
    """A clock that moves only by sleeping."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds


def pacing(time: Time) -> Pacing:
    return Pacing(time.now, time.now, time.sleep)


def deadline(time: Time, seconds: float = 10_000) -> Deadline:
    return Deadline.after(Call("GET", "sys_user"), seconds, time.now)


def headers(limit: object = 10, reset: object = 2000, rule: str = "r") -> dict[str, str]:
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Reset": str(reset), "X-RateLimit-Rule": rule}


def test_without_rate_headers_nothing_is_waited_for() -> None:
    time = Time()
    paced = pacing(time)
    for _ in range(100):
        paced.wait(deadline(time))
        paced.learn({})
    assert time.slept == []


def test_the_last_fifth_of_an_allowance_is_spread_over_what_is_left_of_the_hour() -> None:
    time = Time()
    paced = pacing(time)
    for _ in range(100):
        paced.wait(deadline(time))
        paced.learn(headers(limit=100))
    assert len(time.slept) == 18
    assert all(40 < pause < 60 for pause in time.slept)
    assert time.seconds < 2000


def test_an_allowance_that_is_used_up_is_waited_out() -> None:
    time = Time()
    paced = pacing(time)
    for _ in range(10):
        paced.learn(headers())
    paced.wait(deadline(time))
    assert time.seconds == 2000.0


def test_a_new_hour_brings_a_new_allowance() -> None:
    time = Time()
    paced = pacing(time)
    for _ in range(10):
        paced.learn(headers(reset=2000))
    time.seconds = 2001
    paced.learn(headers(reset=5600))
    paced.wait(deadline(time))
    assert time.slept == []


def test_the_strictest_of_several_rules_counts() -> None:
    time = Time()
    paced = pacing(time)
    paced.learn(headers(limit=1, reset=1500, rule="a"))
    paced.learn(headers(limit=100, reset=1200, rule="b"))
    paced.wait(deadline(time))
    assert time.seconds == 1500.0


def test_a_wait_beyond_the_deadline_is_refused_at_once_with_both_numbers() -> None:
    time = Time()
    paced = pacing(time)
    paced.learn(headers(limit=1, reset=4600))
    with pytest.raises(RateLimited, match=r"another 3600 s, and the deadline of the call is in 120 s") as caught:
        paced.wait(deadline(time, 120))
    assert caught.value.retry_after == 3600
    assert time.slept == []


def test_a_cool_down_holds_everybody_and_the_longest_one_counts() -> None:
    time = Time()
    paced = pacing(time)
    paced.cool_down(30)
    paced.cool_down(5)
    paced.wait(deadline(time))
    paced.wait(deadline(time))
    assert time.slept == [30.0]


@pytest.mark.parametrize(("limit", "reset"), [("many", "2000"), ("10", "soon"), ("", "")])
def test_headers_that_are_no_numbers_are_passed_over(limit: str, reset: str) -> None:
    time = Time()
    paced = pacing(time)
    paced.learn(headers(limit, reset))
    paced.wait(deadline(time))
    assert time.slept == []
