"""Words are worked out once, and what is kept of them does not grow with the texts that were read."""

from snow_escalations.triage.reading.memo import LONGEST, Memo


def test_a_word_is_worked_out_once() -> None:
    asked: list[str] = []

    def size(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(size)
    assert [memo["wait"], memo["delays"], memo["wait"]] == [4, 6, 4]
    assert asked == ["wait", "delays"]


def test_no_more_words_are_kept_than_allowed() -> None:
    memo = Memo(len, most=3)
    assert [memo["x" * size] for size in range(10)] == [*range(10)]
    assert len(memo) <= 3


def test_what_is_too_long_to_come_back_is_not_kept() -> None:
    memo = Memo(len)
    assert memo["x" * (LONGEST + 1)] == LONGEST + 1
    assert not memo
