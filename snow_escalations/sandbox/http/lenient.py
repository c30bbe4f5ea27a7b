"""Request bodies: JSON as instances read it, which is more than JSON.

The docs' own samples send `{'urgency':'1'}`. Accepted beyond RFC 8259: single quotes, unquoted keys and words, a
trailing comma. Of an array of objects only the first counts.
"""

import json
import re
from typing import Any

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\s,:\[\]{}'\"]+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_DEPTH_LIMIT = 100


def decode(text: str) -> Any:
    """The value of a request body.

    Raises:
        ValueError: it cannot be made sense of.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except json.JSONDecodeError:
        return _Reader(text).document()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def document(self) -> Any:
        value = self._value()
        self._skip()
        if self._at != len(self._text):
            raise ValueError(f"unexpected text at {self._at}")
        return value

    def _value(self) -> Any:
        self._skip()
        character = self._peek()
        if character in "{[":
            self._depth += 1
            if self._depth > _DEPTH_LIMIT:
                raise ValueError("nested too deeply")
            value = self._object() if character == "{" else self._array()
            self._depth -= 1
            return value
        return self._string(character) if character in "'\"" else self._word()

    def _object(self) -> dict[str, Any]:
        self._at += 1
        value: dict[str, Any] = {}
        while not self._closed("}"):
            key = self._value()
            if not isinstance(key, str):
                raise ValueError(f"a key is expected before {self._at}")  # noqa: TRY004 - the text is wrong, not a type
            self._skip()
            self._expect(":")
            value[key] = self._value()
            self._comma("}")
        return value

    def _array(self) -> list[Any]:
        self._at += 1
        values = []
        while not self._closed("]"):
            values.append(self._value())
            self._comma("]")
        return values

    def _closed(self, bracket: str) -> bool:
        self._skip()
        if self._peek() == bracket:
            self._at += 1
            return True
        return False

    def _comma(self, bracket: str) -> None:
        self._skip()
        if self._peek() != bracket:
            self._expect(",")

    def _string(self, quote: str) -> str:
        self._at += 1
        parts = []
        while (character := self._peek()) != quote:
            self._at += 1
            parts.append(self._escape() if character == "\\" else character)
        self._at += 1
        return "".join(parts)

    def _escape(self) -> str:
        character = self._peek()
        self._at += 1
        if character != "u":
            return _ESCAPES.get(character, character)
        digits = self._text[self._at : self._at + 4]
        self._at += 4
        return chr(int(digits, 16))

    def _word(self) -> Any:
        found = _WORD.match(self._text, self._at)
        if found is None:
            raise ValueError(f"a value is expected at {self._at}")
        self._at = found.end()
        word = found[0]
        if word.lower() in _CONSTANTS:
            return _CONSTANTS[word.lower()]
        return json.loads(word) if _NUMBER.fullmatch(word) else word

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        if found is not None:
            self._at = found.end()

    def _peek(self) -> str:
        if self._at >= len(self._text):
            raise ValueError("the text ends too early")
        return self._text[self._at]

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise ValueError(f"`{character}` is expected at {self._at}")
        self._at += 1
