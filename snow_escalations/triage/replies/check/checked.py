"""A text with all that the points ask of it, and how a point is made."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from snow_escalations.triage.replies.check.language import language_of
from snow_escalations.triage.replies.check.meaning import Meaning
from snow_escalations.triage.replies.check.model import CheckContext, Point, PointState
from snow_escalations.triage.replies.check.settings import ReplyCheckSettings
from snow_escalations.triage.replies.check.text import Reply
from snow_escalations.triage.replies.check.vocabulary import LANGUAGES, vocabulary

SHOWN, SHOWN_LENGTH = 3, 60
_ARTICLE = re.compile(r"^(?:the|an?) ")


@dataclass(frozen=True)
class Checked:
    """A text, what is known beside it, and what it says; each computed once."""

    reply: Reply
    context: CheckContext
    settings: ReplyCheckSettings

    @cached_property
    def language(self) -> str:
        """The code of the text's language; empty if it cannot be told."""
        return language_of(self.reply, self.context.language)

    @cached_property
    def meaning(self) -> Meaning | None:
        """What the text says; None where its language does not ship."""
        return Meaning(self.reply, vocabulary(self.language)) if self.language in LANGUAGES else None

    def not_read(self, name: str, what: str) -> Point:
        """A point that could not be checked as the text's language is not known."""
        language = f"its language `{self.language}` is none" if self.language else "its language is not known to be one"
        return unchecked(name, f"cannot tell {what}: {language} of {', '.join(LANGUAGES)}")


def point(name: str, well: bool, passed: str, failed: str) -> Point:  # noqa: FBT001
    """A point that was checked, with the sentence that holds."""
    return Point(name, PointState.PASSED, passed) if well else Point(name, PointState.FAILED, failed)


def unchecked(name: str, why: str) -> Point:
    """A point that could not be checked."""
    return Point(name, PointState.NOT_CHECKED, why)


def leak(name: str, what: str, found: Iterable[str]) -> Point:
    """A point that fails with what was found; never more than a few of them, cut short."""
    items = list(dict.fromkeys(found))
    if not items:
        return Point(name, PointState.PASSED, f"shows no {_ARTICLE.sub('', what)}")
    shown = [f"`{item if len(item) <= SHOWN_LENGTH else item[: SHOWN_LENGTH - 1] + '…'}`" for item in items]
    more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
    return Point(name, PointState.FAILED, f"shows {what}: {', '.join(shown[:SHOWN])}{more}")
