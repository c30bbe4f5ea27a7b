"""uvicorn's HTTP/1.1 protocol, with a way to the connection underneath.

Faults close and reset connections. Ordinary answers go out in one piece: uvicorn writes head, body and end one by one,
and each write costs a system call.
"""

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from uvicorn.protocols.http.h11_impl import H11Protocol

Address: TypeAlias = tuple[str, int]
_LINGER_NOT_AT_ALL = struct.pack("ii", 1, 0)


class Wire:
    """A transport that can hold back what is written, to send it at once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._held: list[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send, or hold back."""
        if self._held is None:
            self._transport.write(data)
        else:
            self._held.append(data)

    def hold(self) -> None:
        """From now on hold back."""
        self._held = []

    def release(self) -> None:
        """Send what was held back, and from now on at once."""
        held, self._held = self._held, None
        if held:
            self._transport.write(b"".join(held))

    def close(self) -> None:
        """End the connection when all that was written is sent."""
        self.release()
        self._transport.close()

    def reset(self) -> None:
        """Abort the connection with a TCP reset."""
        connection: socket.socket | None = self._transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT_AT_ALL)
        self._transport.abort()


class Connections:
    """The open connections by the address of their client."""

    def __init__(self) -> None:
        self._wires: dict[Address, Wire] = {}

    def opened(self, client: Address, wire: Wire) -> None:
        """A connection was made."""
        self._wires[client] = wire

    def lost(self, client: Address) -> None:
        """A connection is gone."""
        self._wires.pop(client, None)

    def drop_all(self) -> None:
        """End every connection at once."""
        for wire in list(self._wires.values()):
            wire.abort()

    @contextmanager
    def in_one_piece(self, client: Address) -> Iterator[None]:
        """What is written in here is sent at once at the end."""
        wire = self._wires.get(client)
        if wire is None:
            yield
            return
        wire.hold()
        try:
            yield
        finally:
            wire.release()

    def close(self, client: Address) -> None:
        """End a connection in the middle of what is being sent: what was written still arrives."""
        wire = self._wires.get(client)
        if wire is not None:
            wire.close()

    def reset(self, client: Address) -> None:
        """Abort a connection with a TCP reset."""
        wire = self._wires.get(client)
        if wire is not None:
            wire.reset()


def protocol_class(connections: Connections) -> type[H11Protocol]:
    """A protocol class that registers its connections."""

    class SandboxProtocol(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            if self.client is not None:
                wire = Wire(transport)
                # It stands for the transport in all that uvicorn uses of one.
                self.transport = wire  # type: ignore[assignment]
                connections.opened(self.client, wire)

        def connection_lost(self, exc: Exception | None) -> None:
            if self.client is not None:
                connections.lost(self.client)
            super().connection_lost(exc)

    return SandboxProtocol
