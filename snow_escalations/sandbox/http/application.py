"""The ASGI application: requests to calls, deliveries to the wire."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, TypeAlias

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.delivery import Delivery, End
from snow_escalations.sandbox.http.pipeline import Pipeline
from snow_escalations.sandbox.http.profiles import wire
from snow_escalations.sandbox.http.protocol import Connections

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_PROTOCOL = len(" HTTP/1.1") + 1


def application(pipeline: Pipeline, connections: Connections) -> Starlette:
    """The application of one instance; every path and method is the pipeline's."""

    async def instance(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        # A request is cancelled by nothing but the end of the server, which has dropped its connection already.
        with suppress(asyncio.CancelledError):
            call = _call(request, await request.body())
            delivery = await pipeline.serve(call, request_line=_request_line(scope))
            await _send(delivery, scope, send, connections)
            if delivery.end is not End.COMPLETE:
                await receive()  # that the connection is gone

    return Starlette(routes=[Mount("/", app=instance)])


def _call(request: Request, body: bytes) -> Call:
    scope = request.scope
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get("host") or "{}:{}".format(*scope["server"])
    return Call(
        method=scope["method"],
        path=scope["path"],
        raw_path=scope["raw_path"].decode("latin-1"),
        query_string=scope["query_string"].decode("latin-1"),
        origin=f"{scope['scheme']}://{host}",
        headers=headers,
        body=body,
    )


def _request_line(scope: Scope) -> int:
    query = len(scope["query_string"])
    return len(scope["method"]) + len(scope["raw_path"]) + (query + 1 if query else 0) + _PROTOCOL


async def _send(delivery: Delivery, scope: Scope, send: Send, connections: Connections) -> None:
    client = scope["client"]
    if delivery.end is End.RESET:
        connections.reset(client)
        return
    start = {"type": "http.response.start", "status": delivery.status, "headers": list(wire(delivery.headers))}
    *pieces, last = delivery.pieces or [b""]
    if pieces:
        await send(start)
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(delivery.pause_s)
    with connections.in_one_piece(client):
        if not pieces:
            await send(start)
        await send({"type": "http.response.body", "body": last, "more_body": delivery.end is End.CLOSED})
    if delivery.end is End.CLOSED:
        connections.close(client)
