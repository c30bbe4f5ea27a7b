"""Digests: the same for the same content, whatever order keys were written in."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel


def digest_of(content: BaseModel | Any) -> str:
    """SHA-256, in hexadecimal, of the content as canonical JSON."""
    plain = content.model_dump(mode="json") if isinstance(content, BaseModel) else content
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
