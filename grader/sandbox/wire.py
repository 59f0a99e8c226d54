"""Messages between the host and the sandbox: a length, then that many bytes of JSON.

The side that trusts nothing gives a deadline and a largest size to every read.
"""

from __future__ import annotations

import json
import os
import select
import socket
import struct
import time
from typing import Any

_HEAD = struct.Struct(">Q")
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
"""Made before a notebook is run, which may put something in the place of ``json.dumps``."""
_LARGEST_TRUSTED = 1 << 30


class WireError(Exception):
    """The other side sent something that is no message."""


class WireClosed(WireError):
    """The other side is gone."""


class WireTimeout(WireError):
    """The other side said nothing in time."""


class WireTooLarge(WireError):
    """The other side wanted to send more than is allowed."""


def send(
    channel: socket.socket,
    message: dict[str, Any],
    descriptor: int | None = None,
    deadline: float | None = None,
) -> None:
    """Send a message, and a file descriptor with it where one is given.

    Parameters:
        channel: a connected Unix stream socket.
        message: what ``json.dumps`` takes.
        descriptor: an open file to hand over.
        deadline: by when (``time.monotonic``) it must be taken; None waits for ever.

    Raises:
        WireClosed: the other side is gone.
        WireTimeout: the other side did not take the message in time.
    """
    send_body(channel, _ENCODE(message).encode(), deadline, descriptor)


def send_body(
    channel: socket.socket,
    body: bytes,
    deadline: float | None = None,
    descriptor: int | None = None,
) -> None:
    """Send a message that is JSON text already; parameters and errors are those of ``send``."""
    data = memoryview(_HEAD.pack(len(body)) + body)
    try:
        if descriptor is not None:
            data = data[socket.send_fds(channel, [data[:1]], [descriptor]) :]
        flags = socket.MSG_DONTWAIT if deadline is not None else 0
        while data:
            try:
                data = data[channel.send(data, flags) :]
            except BlockingIOError:
                if deadline is not None and not _ready(channel, deadline, writing=True):
                    raise WireTimeout("the message was not taken in time") from None
    except OSError as error:
        raise WireClosed(str(error)) from error


def receive(
    channel: socket.socket, deadline: float | None = None, largest: int = _LARGEST_TRUSTED
) -> dict[str, Any]:
    """Receive a message.

    Parameters:
        channel: a connected Unix stream socket.
        deadline: by when (``time.monotonic``) the whole message must be there.
        largest: the largest size in bytes that is accepted.

    Raises:
        WireClosed, WireTimeout, WireTooLarge, WireError: as their names say.
    """
    return parse(receive_body(channel, deadline, largest))


def receive_body(
    channel: socket.socket, deadline: float | None = None, largest: int = _LARGEST_TRUSTED
) -> bytes:
    """Receive a message without looking into it; parameters and errors are those of ``receive``."""
    # Read without room for descriptors: the kernel drops what an untrusted side attaches.
    return _body(channel, _receive_exactly(channel, _HEAD.size, deadline), deadline, largest)


def parse(body: bytes) -> dict[str, Any]:
    """Read the text of a message.

    Raises:
        WireError: it is none.
    """
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    if not isinstance(message, dict):
        raise WireError("not a message")
    return message


def receive_with_descriptor(channel: socket.socket) -> tuple[dict[str, Any], int | None]:
    """Receive a message of a trusted side, and the file descriptor that came with it, if any."""
    try:
        first, descriptors, _flags, _address = socket.recv_fds(channel, 1, maxfds=1)
    except OSError as error:
        raise WireClosed(str(error)) from error
    if not first:
        raise WireClosed("the other side is gone")
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)
    head = first + _receive_exactly(channel, _HEAD.size - 1, None)
    body = _body(channel, head, None, _LARGEST_TRUSTED)
    return parse(body), descriptors[0] if descriptors else None


def _body(channel: socket.socket, head: bytes, deadline: float | None, largest: int) -> bytes:
    (size,) = _HEAD.unpack(head)
    if size > largest:
        raise WireTooLarge(f"a message of {size} bytes")
    return _receive_exactly(channel, size, deadline)


def _receive_exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    buffer = bytearray()
    # With a deadline, see first whether something is there already: mostly it is.
    flags = 0 if deadline is None else socket.MSG_DONTWAIT
    while len(buffer) < size:
        if deadline is not None and time.monotonic() > deadline:
            raise WireTimeout("the message did not end in time")
        try:
            part = channel.recv(min(size - len(buffer), 1 << 20), flags)
        except BlockingIOError:
            if deadline is not None and not _ready(channel, deadline):
                raise WireTimeout("the message did not end in time") from None
            continue
        except OSError as error:
            raise WireClosed(str(error)) from error
        if not part:
            raise WireClosed("the other side is gone")
        buffer += part
    return bytes(buffer)


def _ready(channel: socket.socket, deadline: float, writing: bool = False) -> bool:
    poll = select.poll()
    poll.register(channel, select.POLLOUT if writing else select.POLLIN)
    left = deadline - time.monotonic()
    return left > 0 and bool(poll.poll(left * 1000))
