"""The original photographs, downloaded from a server on this machine."""

from __future__ import annotations

import contextlib
import hashlib
import io
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.datasets import DATASETS, on_path

with on_path(DATASETS):
    import download_originals


CONTENT = {
    "a.h5": np.random.default_rng(0).bytes(300_000),
    "b.h5": np.random.default_rng(1).bytes(1_000),
}
WANTED = tuple(
    download_originals.Wanted(name, len(content), hashlib.sha256(content).hexdigest())
    for name, content in CONTENT.items()
)


class Mirror(BaseHTTPRequestHandler):
    """Misbehaves as the first part of the path says."""

    asked: list[str] = []

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self.asked.append(self.path)
        _, manner, name = self.path.split("/")
        content = CONTENT[name]
        if manner == "absent":
            self.send_error(404)
            return
        if manner == "wrong":
            content = content[::-1]
        self.send_response(200)
        if manner not in ("endless", "unsaid"):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if manner in ("cut", "unsaid"):
            self.wfile.write(content[: len(content) // 2])
        elif manner == "endless":
            with contextlib.suppress(OSError):
                for _ in range(10_000):  # bounded, should the client not hang up
                    self.wfile.write(bytes(10_000))
        elif manner == "slow":
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
        else:
            self.wfile.write(content)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Mirror.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def download(*mirrors: str, arguments: tuple[str, ...] = ()) -> int:
        arguments = ("--into", str(tmp_path / "into"), *arguments)
        return download_originals.main(list(arguments), mirrors, WANTED)

    return download


def held(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tmp_path / "into").iterdir()}


def test_a_good_mirror_gives_both_files(server: str, run: Run, tmp_path: Path) -> None:
    assert run(f"{server}/good") == 0
    assert held(tmp_path) == CONTENT


def test_files_that_are_there_and_right_are_not_fetched_again(
    server: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run(f"{server}/good")
    Mirror.asked.clear()
    assert run(f"{server}/good") == 0
    assert Mirror.asked == []
    assert capsys.readouterr().out.count("already there and verified") == 2


def test_a_file_with_a_wrong_checksum_is_named_and_replaced(
    server: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "a.h5").write_bytes(b"broken")
    assert run(f"{server}/good") == 0
    assert "a.h5: there, but not the original" in capsys.readouterr().out
    assert held(tmp_path) == CONTENT


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("wrong", "the checksum differs"),
        ("cut", "only 150,000 of 300,000 bytes"),
        ("unsaid", "only 150,000 of 300,000 bytes"),
        ("endless", "more than the 300,000 bytes"),
        ("slow", "took longer"),
        ("absent", "404"),
    ],
)
def test_a_bad_mirror_is_refused_and_the_next_one_used(
    server: str,
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    manner: str,
    reason: str,
) -> None:
    monkeypatch.setattr(download_originals, "PATIENCE", 0.5)
    assert run(f"{server}/{manner}", f"{server}/good") == 0
    assert reason in capsys.readouterr().out
    assert held(tmp_path) == CONTENT


def test_a_bad_mirror_alone_leaves_nothing_behind_and_says_what_to_do(
    server: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(f"{server}/wrong") == 1
    assert held(tmp_path) == {}
    assert "the checksum differs" in capsys.readouterr().err


def test_without_a_network_one_sentence_says_what_to_do(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    nobody = "http://127.0.0.1:9"  # the discard port: nothing listens
    assert run(nobody, nobody) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    for part in ("proxy", "a.h5 and b.h5", str(tmp_path / "into"), "embedded"):
        assert part in said.err
    assert held(tmp_path) == {}


def test_a_proxy_that_does_not_answer_is_reported_in_the_same_way(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert run("http://mirror.invalid/") == 1
    assert "proxy settings" in capsys.readouterr().err


def test_stopping_by_hand_leaves_no_partial_file(
    server: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupt(self: object, done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(download_originals.Progress, "show", interrupt)
    assert run(f"{server}/good") == 130
    assert held(tmp_path) == {}
    assert "Stopped" in capsys.readouterr().err


def test_files_can_be_taken_from_a_folder_or_from_another_mirror(
    server: str, run: Run, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    for name, content in CONTENT.items():
        (there / name).write_bytes(content)
    assert run(arguments=("--from", str(there))) == 0
    assert held(tmp_path) == CONTENT
    shutil.rmtree(tmp_path / "into")
    assert run(arguments=("--from", f"{server}/good")) == 0
    assert held(tmp_path) == CONTENT


def test_a_folder_without_the_files_is_refused(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments=("--from", str(tmp_path / "nowhere"))) == 1
    assert "nowhere" in capsys.readouterr().err


def test_progress_is_shown_in_a_terminal(
    server: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert run(f"{server}/good") == 0
    assert "a.h5: 100 % of 0.3 MB" in terminal.getvalue()
