"""Download the original cat / non-cat photographs, or copy them from a folder.

    python datasets/download_originals.py                 # what `make data` runs
    python datasets/download_originals.py --from FOLDER   # files that you already have
    python datasets/download_originals.py --from URL      # another mirror

Several mirrors are tried. A file is accepted only with the right SHA-256, and appears in
`datasets/` only when it is complete. The course works without these files: it then uses the
embedded set. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import io
import os
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Each mirror is the address of a folder that holds both files. All hold the same bytes; the
# checksum decides. A commit in the address keeps it valid when its branch moves on.
_RAW = "https://raw.githubusercontent.com"
MIRRORS = (
    f"{_RAW}/BaiduOSS/DeepLearningAndPaddleTutorial/master/jupyter/5.deep_neural_network/datasets",
    f"{_RAW}/ramakris/coursera-deeplearning/b1c8f954b5711f918c75f764138837bbe1b3f7fc/datasets",
    f"{_RAW}/Youngyi/DeepLearning/dff21304241c5e651d4a6680cba6e23c3990e915/datasets",
    f"{_RAW}/balakrish181/ambu-1/1818663188cf5864cc13de8687393b6571977dbf/datasets",
    f"{_RAW}/FechetahMakhlouf/cat_detector/dd45e2093be22db4021cf45f428d0bafb52eb42c/datasets",
)
SILENCE = 20.0  # seconds without a byte after which a mirror is given up
PATIENCE = 300.0  # seconds for one file, however slowly it drips
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Wanted:
    """One file to have: its name, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


FILES = (
    Wanted(
        "train_catvnoncat.h5",
        2_572_022,
        "fbe56ab67c3ae28d564e3a644189117976d6b31af0a3ce9bb17dbf22908af242",
    ),
    Wanted(
        "test_catvnoncat.h5",
        616_958,
        "6a9d39ce52fa85953c5834695b8534a30ed8cfd54971fb2f080b5a24d002b951",
    ),
)


class Refused(Exception):
    """A mirror answered, but not with the file; the next one may have it."""


class Unreachable(Exception):
    """A mirror could not be reached at all."""


class Failed(Exception):
    """No mirror could be used. The message says why."""


def is_right(path: Path, wanted: Wanted) -> bool:
    """Return whether `path` holds exactly the wanted bytes."""
    if not path.is_file() or path.stat().st_size != wanted.size:
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == wanted.sha256


def _is_url(mirror: str) -> bool:
    return mirror.startswith(("http://", "https://"))


def _open(mirror: str, name: str) -> io.BufferedIOBase:
    """Open a file on a mirror, or in a folder, for reading."""
    if not _is_url(mirror):
        path = Path(mirror).expanduser() / name
        try:
            return path.open("rb")
        except OSError as error:
            raise Refused(f"{path} cannot be read ({error.strerror})") from error
    try:
        answer: io.BufferedIOBase = urllib.request.urlopen(
            f"{mirror.rstrip('/')}/{name}", timeout=SILENCE
        )
        return answer
    except urllib.error.HTTPError as error:
        raise Refused(f"it answered {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise Unreachable(str(error.reason)) from error
    except (http.client.HTTPException, ValueError) as error:
        raise Refused(f"its answer could not be read ({error!r})") from error
    except OSError as error:
        raise Unreachable(str(error)) from error


def _chunks(source: io.BufferedIOBase) -> Iterator[bytes]:
    """Yield what arrives, as it arrives, so that a slow mirror cannot hide from the clock."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            chunk = source.read1(CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise Refused(f"the connection broke ({error})") from error
        if not chunk:
            return
        if time.monotonic() > end:
            raise Refused(f"it took longer than {PATIENCE:g} seconds")
        yield chunk


class Progress:
    """One line that shows how far a download is; a single line where output is a file."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.live = sys.stdout.isatty()
        self.shown = -1

    def show(self, done: int) -> None:
        percent = min(100, 100 * done // self.wanted.size)
        if self.live and percent != self.shown:
            megabytes = self.wanted.size / 1e6
            print(f"\r{self.wanted.name}: {percent:3d} % of {megabytes:.1f} MB", end="", flush=True)
            self.shown = percent

    def close(self) -> None:
        if self.live and self.shown >= 0:
            print()


def fetch(wanted: Wanted, mirror: str, folder: Path) -> None:
    """Fetch one file from one mirror into `folder`, complete and verified, or not at all.

    Parameters: `wanted`; `mirror`, an address or a local folder; `folder`, which must exist.
    Raises `Refused` or `Unreachable`. Whatever happens, no partial file stays behind.
    """
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{wanted.name}.", suffix=".part")
    progress = Progress(wanted)
    try:
        digest, done = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as target, _open(mirror, wanted.name) as source:
            for chunk in _chunks(source):
                done += len(chunk)
                if done > wanted.size:
                    raise Refused(f"it sent more than the {wanted.size:,} bytes of the file")
                digest.update(chunk)
                target.write(chunk)
                progress.show(done)
        if done < wanted.size:
            raise Refused(f"it sent only {done:,} of {wanted.size:,} bytes")
        if digest.hexdigest() != wanted.sha256:
            raise Refused("it sent other bytes than the original's (the checksum differs)")
        os.chmod(temporary, 0o644)  # mkstemp lets the owner alone read
        os.replace(temporary, folder / wanted.name)
    finally:
        progress.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


def fetch_from_any(wanted: Wanted, mirrors: tuple[str, ...], folder: Path) -> None:
    """Fetch one file from the first mirror that gives it. Raises `Failed` if none does."""
    reasons = []
    for mirror in mirrors:
        try:
            fetch(wanted, mirror, folder)
        except Refused as refusal:
            reasons.append(str(refusal))
            print(f"{wanted.name}: {mirror} is of no use: {refusal}.")
        except Unreachable as error:
            # Most often there is no network at all: one sentence at the end is enough.
            reasons.append(f"no connection: {error}")
        else:
            print(f"{wanted.name}: downloaded and verified.")
            return
    raise Failed("; ".join(dict.fromkeys(reasons)))


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main(
    arguments: list[str] | None = None,
    mirrors: tuple[str, ...] = MIRRORS,
    files: tuple[Wanted, ...] = FILES,
) -> int:
    """Run the command line; return the exit status (0 when both files are there)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="source", metavar="FOLDER_OR_URL", help="use this only")
    parser.add_argument("--into", type=Path, default=HERE, help="default: the folder datasets/")
    options = parser.parse_args(arguments)
    folder: Path = options.into
    if options.source is not None:
        mirrors = (options.source,)
    with contextlib.suppress(ValueError):  # signals can be set in the main thread alone
        signal.signal(signal.SIGTERM, _stop)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for wanted in files:
            path = folder / wanted.name
            if is_right(path, wanted):
                print(f"{wanted.name}: already there and verified.")
                continue
            if path.exists():
                print(f"{wanted.name}: there, but not the original (its checksum differs).")
            fetch_from_any(wanted, mirrors, folder)
    except KeyboardInterrupt:
        print("Stopped; no partial file was left behind.", file=sys.stderr)
        return 130
    except (Failed, OSError) as error:
        names = " and ".join(wanted.name for wanted in files)
        print(
            f"The original photographs could not be had ({error}): check the network and its "
            "proxy settings (HTTPS_PROXY) and try again, or get "
            f"{names} in another way and put them into {folder}, or do without them, as the "
            "course then uses its embedded images.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
