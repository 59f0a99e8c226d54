"""Messages between the host and the sandbox, through real sockets."""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import wire


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of one connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_message_arrives_with_its_open_file(
    pair: tuple[socket.socket, socket.socket], tmp_path: Path
) -> None:
    ours, theirs = pair
    (tmp_path / "file").write_text("of the host")
    with (tmp_path / "file").open() as file:
        wire.send(ours, {"do": "start"}, file.fileno())
    message, descriptor = wire.receive_with_descriptor(theirs)
    assert message == {"do": "start"} and descriptor is not None
    assert not os.get_inheritable(descriptor)
    with os.fdopen(descriptor) as received:
        assert received.read() == "of the host"


def test_a_message_may_come_without_a_file(pair: tuple[socket.socket, socket.socket]) -> None:
    wire.send(pair[0], {"do": "kill"})
    assert wire.receive_with_descriptor(pair[1]) == ({"do": "kill"}, None)


def test_a_side_that_is_gone_is_told(pair: tuple[socket.socket, socket.socket]) -> None:
    pair[0].close()
    with pytest.raises(wire.WireClosed):
        wire.receive_with_descriptor(pair[1])


def test_files_that_an_untrusted_side_attaches_are_dropped(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    before = set(os.listdir("/proc/self/fd"))
    wire.send(pair[0], {"value": 1}, pair[0].fileno())
    assert wire.receive(pair[1], time.monotonic() + 60) == {"value": 1}
    assert set(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("body", [b"[" * 100_000, b"nonsense", b"\xff", b"[]", b"3", b""])
def test_what_is_no_message_is_refused(
    pair: tuple[socket.socket, socket.socket], body: bytes
) -> None:
    pair[0].sendall(struct.pack(">Q", len(body)) + body)
    with pytest.raises(wire.WireError):
        wire.receive(pair[1], time.monotonic() + 60)


def test_a_flood_of_whole_messages_ends_at_the_deadline() -> None:
    ours, theirs = socket.socketpair()

    def flood() -> None:
        try:
            while True:
                wire.send(theirs, {"call": "x"})
        except wire.WireClosed:
            pass

    thread = threading.Thread(target=flood)
    thread.start()
    deadline = time.monotonic() + 0.5
    with pytest.raises(wire.WireTimeout):
        while True:
            wire.receive(ours, deadline)
    ours.close()
    thread.join(10)
    assert not thread.is_alive()
    theirs.close()
