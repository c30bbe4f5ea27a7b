"""Recording and replaying whole conversations of the client, with nothing secret and no address in them."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vcr
from vcr.cassette import Cassette

DIRECTORY = Path(__file__).resolve().parents[2] / "cassettes"
ADDRESS = "http://sandbox.invalid"
_LOCAL = re.compile(r"http://127\.0\.0\.1:\d+")
_FORM_SECRETS = re.compile(r"\b(password|client_secret|refresh_token)=[^&]*")
_TOKENS = re.compile(r'"(access_token|refresh_token)":"([^"]*)"')


def path_of(name: str) -> Path:
    """The file of a conversation."""
    return DIRECTORY / f"{name}.yaml"


@contextmanager
def cassette(name: str, *, record: bool) -> Iterator[Cassette]:
    """The conversation, recorded anew or replayed; a request that was not recorded is an error when replaying."""
    if record:
        path_of(name).unlink(missing_ok=True)
    machine = vcr.VCR(
        record_mode="all" if record else "none",
        match_on=["method", "uri", "body"],
        before_record_request=_clean_request,
        before_record_response=_clean_response,
        decode_compressed_response=True,
    )
    with machine.use_cassette(str(path_of(name))) as tape:
        yield tape


def _clean_request(request: Any) -> Any:
    request.uri = _LOCAL.sub(ADDRESS, request.uri)
    for header in ("Authorization", "x-sn-apikey"):
        if header in request.headers:
            request.headers[header] = "REMOVED"
    request.headers.pop("Cookie", None)
    if request.body is not None and "oauth_token" in request.uri:
        text = request.body.decode() if isinstance(request.body, bytes) else str(request.body)
        request.body = _FORM_SECRETS.sub(r"\1=REMOVED", text)
    return request


def _without_token(match: re.Match[str]) -> str:
    """Two tokens must stay two, or a renewal could not be replayed."""
    return f'"{match[1]}":"REMOVED-{hashlib.sha256(match[2].encode()).hexdigest()[:8]}"'


def _clean_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {name: values for name, values in response["headers"].items() if name.lower() != "set-cookie"}
    text = response["body"]["string"].decode()
    text = _TOKENS.sub(_without_token, _LOCAL.sub(ADDRESS, text))
    body = text.encode()
    for name, values in headers.items():
        if name.lower() == "content-length":
            headers[name] = [str(len(body)) for _ in values]
    return {**response, "headers": headers, "body": {"string": body}}
