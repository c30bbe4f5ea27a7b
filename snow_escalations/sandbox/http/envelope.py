"""Refusals as answers: the error envelope, worded and ordered as the instance is set to."""

from typing import Any

from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.profiles import Profile
from snow_escalations.sandbox.http.refusals import NotAuthenticated, Refusal
from snow_escalations.sandbox.properties import Properties


def enveloped(refusal: Refusal, profile: Profile, properties: Properties, *, logged_in: bool) -> Answer:
    """The answer that says a refusal."""
    challenge = isinstance(refusal, NotAuthenticated)
    message = profile.not_authenticated if challenge else refusal.message
    error: dict[str, Any] = {"message": message, "detail": refusal.detail}
    if properties.boolean("sandbox.error.detail_first"):
        error = {"detail": refusal.detail, "message": message}
    return Answer(
        refusal.status,
        {"error": error, "status": "failure"},
        refusal.headers,
        rest=logged_in and not challenge,
        challenge=challenge,
    )
