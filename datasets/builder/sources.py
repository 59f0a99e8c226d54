"""Where the drawings come from: open emoji sets, pinned by version and checksum."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class DrawingSet:
    """One emoji set, as its npm package `@iconify-json/<name>` carries it.

    `family` is the artwork it belongs to: two editions of the same artwork (Noto and
    Noto v1, Fluent in three dimensions and flat) have one family, so that a subject drawn
    in both is never seen in training and met again in the test.
    """

    name: str
    version: str
    integrity: str
    family: str
    title: str
    author: str
    licence: str
    home: str

    @property
    def package(self) -> str:
        return f"@iconify-json/{self.name}"

    @property
    def archive_name(self) -> str:
        return f"iconify-json-{self.name}-{self.version}.tgz"


DRAWING_SETS = (
    DrawingSet(
        "noto",
        "1.2.9",
        "sha512-DQiuXENbun41ch+XPSV55H9FaWKpHTyz46YIKtSaKYD4fIDDzL1tR6H4np/T38jf"
        "rTAeI3rcKF0mqHYeZVAuaw==",
        "noto",
        "Noto Emoji",
        "Google Inc",
        "Apache-2.0",
        "https://github.com/googlefonts/noto-emoji",
    ),
    DrawingSet(
        "noto-v1",
        "1.2.5",
        "sha512-/DsVMius69Q0fRS53z7QK1TROSuar606jiIx+laXtdsYGMXpf6LtHBx6CGfoo3UH"
        "Hb/XpBsw+1L1x3eyPqMuVA==",
        "noto",
        "Noto Emoji (v1)",
        "Google Inc",
        "Apache-2.0",
        "https://github.com/googlefonts/noto-emoji",
    ),
    DrawingSet(
        "twemoji",
        "1.2.5",
        "sha512-uKpuIEV0v6K5BW3Mjdyl+XKFVAbbcPxAgifKvEMtZoUZB5+YiY5zaMm2uNNCxyXz"
        "AWU9yNLlj41WU6/mvgALsw==",
        "twemoji",
        "Twitter Emoji (Twemoji)",
        "Twitter, Inc and other contributors",
        "CC-BY-4.0",
        "https://github.com/jdecked/twemoji",
    ),
    DrawingSet(
        "fluent-emoji",
        "1.2.7",
        "sha512-D8G6bKAyIsyxP1rzZtIWr/gg/fO4Rg1+DyCWlfqKK4h8W+4Em/Y0P6QYgJUQTlUc"
        "agzJvSyg+9OBv4hz4Hc/QA==",
        "fluent",
        "Fluent Emoji",
        "Microsoft Corporation",
        "MIT",
        "https://github.com/microsoft/fluentui-emoji",
    ),
    DrawingSet(
        "fluent-emoji-flat",
        "1.2.6",
        "sha512-RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7"
        "yNGWqQYvuaSYM1M4fRXlUw==",
        "fluent",
        "Fluent Emoji Flat",
        "Microsoft Corporation",
        "MIT",
        "https://github.com/microsoft/fluentui-emoji",
    ),
    DrawingSet(
        "streamline-emojis",
        "1.2.4",
        "sha512-iNr9T9XuZVTyQPJO8ZlLxBzPkpi7qMl+z1l0C31vpEMqhPMelth3n7CeWQYtixde"
        "tDPdI81yeG4ROqjWpYJE6A==",
        "streamline",
        "Streamline Emojis",
        "Streamline (Webalys)",
        "CC-BY-4.0",
        "https://github.com/webalys-hq/streamline-vectors",
    ),
    DrawingSet(
        "emojione",
        "1.2.3",
        "sha512-T9+T3HIbJNLKKsmxYKlaYhvnHYkz/HNYTV7SHCXVZPfeUi4FqskY70YeN8yYAZT8"
        "cCv7w5vJxS4Q1m8zb9CMMg==",
        "emojione",
        "Emoji One (Colored), 2.3.0",
        "Emoji One",
        "CC-BY-4.0",
        "https://github.com/EmojiTwo/emojitwo",
    ),
    DrawingSet(
        "emojione-v1",
        "1.2.3",
        "sha512-UjI2VQEXVtGlPBvQuxEizro7QCgBcJDOYwKUupquvvZ8UV4xOlvm45IU82JYWegi"
        "AWLerY79gFLMZ26U6Ms+ww==",
        "emojione",
        "Emoji One (v1), 1.5.2",
        "Emoji One",
        "CC-BY-SA-4.0",
        "https://github.com/joypixels/emojione-legacy",
    ),
    DrawingSet(
        "fxemoji",
        "1.2.2",
        "sha512-UAasRaxzFUKfIGSmLwnoarsssA4LX0VLLuEmplIqM6ZNQqIQRtav8tZ4H1neTlBr"
        "eXuMQyAifr5jP4kn78DpiQ==",
        "fxemoji",
        "Firefox OS Emoji (FxEmoji), 0.0.2",
        "Mozilla",
        "Apache-2.0",
        "https://github.com/mozilla/fxemoji",
    ),
    DrawingSet(
        "openmoji",
        "1.2.29",
        "sha512-vXdhkqcXVSO6suy+m9LbcUM3OdVyuNOtpV8/als/WqfkQIRxevL5Geb/g+6GH/Qw"
        "nq1OqksEmaDGTCmZ5nFKJQ==",
        "openmoji",
        "OpenMoji",
        "OpenMoji (HfG Schwaebisch Gmuend)",
        "CC-BY-SA-4.0",
        "https://github.com/hfg-gmuend/openmoji",
    ),
)


class SourceError(RuntimeError):
    """A drawing set cannot be had, or is not the pinned one."""


def integrity_of(archive: Path) -> str:
    """Return the checksum of a file in npm's form, `sha512-<base64>`."""
    digest = hashlib.sha512(archive.read_bytes()).digest()
    return "sha512-" + base64.b64encode(digest).decode("ascii")


def fetch_archive(drawing_set: DrawingSet, folder: Path) -> Path:
    """Return the package archive of a drawing set, fetching it with `npm pack` if absent.

    Parameters: the set; `folder`, where archives are kept from one build to the next.
    Raises `SourceError` when npm is missing or fails, or the checksum is not the pinned one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / drawing_set.archive_name
    if not archive.exists():
        npm = shutil.which("npm")
        wanted = f"{drawing_set.package}@{drawing_set.version}"
        if npm is None:
            raise SourceError(
                f"npm is not installed, so {wanted} cannot be fetched. Install Node.js, or "
                f"put {archive.name} (made by `npm pack {wanted}`) into {folder}."
            )
        run = subprocess.run(
            [npm, "pack", "--silent", wanted],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if run.returncode != 0 or not archive.exists():
            raise SourceError(f"`npm pack {wanted}` failed: {run.stderr.strip() or run.stdout}")
    if integrity_of(archive) != drawing_set.integrity:
        raise SourceError(
            f"{archive} is not the pinned {drawing_set.package} {drawing_set.version} "
            "(its checksum differs). Delete it and build again."
        )
    return archive


def _read_json(package: tarfile.TarFile, name: str) -> dict[str, Any]:
    member = package.extractfile(f"package/{name}")
    if member is None:
        raise SourceError(f"{package.name!s} holds no {name}.")
    content: dict[str, Any] = json.load(member)
    return content


def read_icons(drawing_set: DrawingSet, archive: Path) -> dict[str, Any]:
    """Return the parsed `icons.json` of a package archive.

    Raises `SourceError` when the package states another licence than the one recorded here:
    a set whose licence has changed must be looked at by a person.
    """
    with tarfile.open(archive, "r:gz") as package:
        licence = _read_json(package, "info.json")["license"]["spdx"]
        if licence != drawing_set.licence:
            raise SourceError(
                f"{drawing_set.package} is under {licence}, not {drawing_set.licence} as recorded."
            )
        return _read_json(package, "icons.json")


def svg_text(icons: dict[str, Any], name: str) -> str:
    """Return the drawing `name` of a parsed `icons.json` as one SVG document."""
    icon = icons["icons"][name]
    left, top = icon.get("left", 0), icon.get("top", 0)
    width = icon.get("width", icons.get("width", 16))
    height = icon.get("height", icons.get("height", 16))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left} {top} {width} {height}">{icon["body"]}</svg>'
    )
