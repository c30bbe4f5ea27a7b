"""What may be repeated, and when: reads after what passes, writes only if it is certain that they were not executed."""

import random
from collections.abc import Callable

import tenacity

from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import (
    CertificateRefused,
    DeadlineExceeded,
    IncompleteAnswer,
    InstanceError,
    InstanceFailed,
    InstanceHibernating,
    InstanceUnavailable,
    RateLimited,
)
from snow_escalations.servicenow.options import Retries


def was_not_executed(error: BaseException) -> bool:
    """Whether the instance certainly did nothing: refused at the limit, dropped from a queue, or never reached."""
    if isinstance(error, RateLimited):
        return True
    if isinstance(error, IncompleteAnswer):
        return not error.executed
    return isinstance(error, InstanceUnavailable | DeadlineExceeded) and not error.sent


def may_have_executed(error: InstanceError) -> bool:
    """Whether the instance may have carried the call out although no answer says so."""
    lost = isinstance(error, InstanceFailed | InstanceUnavailable | IncompleteAnswer | DeadlineExceeded)
    return lost and not was_not_executed(error)


def may_repeat(error: BaseException) -> bool:
    """Whether another attempt may succeed and can do no harm."""
    if not isinstance(error, InstanceError) or isinstance(error, InstanceHibernating | CertificateRefused):
        return False
    if error.call.is_read:
        return isinstance(error, RateLimited | IncompleteAnswer | InstanceFailed | InstanceUnavailable)
    return was_not_executed(error)


def retrying(
    retries: Retries,
    deadline: Deadline,
    *,
    sleep: Callable[[float], None],
    random_source: random.Random,
    before_sleep: Callable[[tenacity.RetryCallState], None],
) -> tenacity.Retrying:
    """The loop of attempts of one call.

    Waits double from `first_wait` to `longest_wait`, each shortened by up to a half at random so that workers do not
    come back in step; a `Retry-After` is waited for in full. An attempt that could only start after the deadline is
    not waited for: the last error is raised at once.
    """

    def wait(state: tenacity.RetryCallState) -> float:
        doubled: float = min(retries.longest_wait, retries.first_wait * 2.0 ** (state.attempt_number - 1))
        wished = getattr(_error(state), "retry_after", None)
        return max(doubled * (0.5 + random_source.random() / 2), wished or 0.0)

    def stop(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number >= retries.attempts or state.upcoming_sleep >= deadline.remaining()

    return tenacity.Retrying(
        retry=tenacity.retry_if_exception(may_repeat),
        wait=wait,
        stop=stop,
        sleep=sleep,
        before_sleep=before_sleep,
        reraise=True,
    )


def _error(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None
