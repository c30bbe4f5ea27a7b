"""How right the reply check is, over all and by point and half of the labelled comments; and how long it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import Figure, median_seconds
from snow_escalations.triage.replies.check import POINTS, CheckContext, ReplyCheckSettings, check_reply

COMMENTS = Path(__file__).parent.parent / "tests" / "triage" / "replies" / "check" / "data" / "comments.yaml"
OTHERS = {name: COMMENTS.with_name(f"{name}_comments.yaml") for name in ("later", "last", "fresh", "second", "against")}
HALVES = ("seen", "unseen")
RIGHT = 0.95
OFTEN = 50
_CONTEXT = frozenset(CheckContext.model_fields)


@dataclass(frozen=True)
class Comment:
    """A labelled comment, with what is known beside it."""

    id: int
    text: str
    context: CheckContext
    settings: ReplyCheckSettings
    fails: frozenset[str]
    unknown: bool

    def failed(self) -> frozenset[str]:
        """The points that fail."""
        points = check_reply(self.text, self.context, self.settings)
        return frozenset(point.name for point in points if point.failed)


@dataclass(frozen=True)
class Score:
    """How many comments and how many points came out right, and what did not."""

    comments: int
    right_verdicts: int
    wrong_points: dict[str, int]
    faults: tuple[str, ...]

    @property
    def verdicts(self) -> float:
        return self.right_verdicts / self.comments

    def accuracy(self, point: str) -> float:
        return 1 - self.wrong_points[point] / self.comments


def load(path: Path = COMMENTS) -> list[Comment]:
    """All labelled comments of a file."""
    common = yaml.safe_load(COMMENTS.read_text("utf-8"))
    settings = ReplyCheckSettings.model_validate(common["settings"])
    comments = yaml.safe_load(path.read_text("utf-8"))["comments"]
    return [_comment(item, common["context"], settings) for item in comments]


def _comment(item: dict[str, Any], common: dict[str, Any], settings: ReplyCheckSettings) -> Comment:
    own = {name: value for name, value in item.items() if name in _CONTEXT}
    return Comment(
        id=item["id"],
        text=item["text"],
        context=CheckContext.model_validate(common | own),
        settings=settings,
        fails=frozenset(item.get("fails", ())),
        unknown=item.get("unknown", False),
    )


def half(comments: list[Comment], name: str) -> list[Comment]:
    """Odd ids were seen when the check was tuned, even ids were not."""
    return [comment for comment in comments if comment.id % 2 == (1 if name == "seen" else 0)]


def score(comments: list[Comment]) -> Score:
    """How right the check is over some comments."""
    wrong, right, faults = dict.fromkeys(POINTS, 0), 0, []
    for comment in comments:
        failed = comment.failed()
        right += (not failed) == (not comment.fails)
        for name in failed ^ comment.fails:
            wrong[name] += 1
        if failed != comment.fails:
            faults.append(
                f"{comment.id}: missed {sorted(comment.fails - failed)}, wrongly {sorted(failed - comment.fails)}"
            )
    return Score(len(comments), right, wrong, tuple(faults))


REPLY = """Dear Ms Sousa,

thank you for telling us that case CS0045121 needs attention. We have reviewed your escalation ESC0010023 and have \
decided not to escalate the case at this point.

The reason: you escalated for lack of progress. We last answered you on this case about five hours ago with two \
settings to try, and we have not had your reply to it yet. The case stays with the engineers who know it, and your \
reply will bring the solution closer than an escalation would.

What happens next: as soon as we have your answer we continue at once, and in any case we will write to you again on \
this case by tomorrow at noon. If you see it differently, or if something has changed on your side, please tell us: \
your contact is the duty manager of the Helio desk, +44 20 7946 0812. Please answer on this case and we call you back \
at a time that suits you, or book a meeting at https://meet.helio.example/desk with us.

Kind regards
Helio Support

Reference ESC0010023-7K3Q
"""


def _check_often(known: CheckContext, settings: ReplyCheckSettings) -> None:
    for _ in range(OFTEN):
        check_reply(REPLY, known, settings)


def run() -> Iterator[Figure]:
    """Verdicts and points by half, and the time for a reply of about 900 characters."""
    comments = load()
    for name, some in [
        *((name, half(comments, name)) for name in HALVES),
        *((name, load(path)) for name, path in OTHERS.items()),
    ]:
        found = score(some)
        yield Figure(f"{name}: comments with the right verdict", found.verdicts, "", RIGHT, at_least=True)
        for point in POINTS:
            yield Figure(f"  {point}", found.accuracy(point), "")
    context, settings = comments[0].context, comments[0].settings
    bare = context.model_copy(update={"work_notes": ()})
    for what, known in (("", bare), (" beside two work notes", context)):
        seconds = median_seconds(partial(_check_often, known, settings), 9) / OFTEN
        yield Figure(f"a reply of {len(REPLY)} characters{what}", seconds * 1e6, "us")
