"""The fonts of figures: for each language, the characters of an open font that its catalogues use.

The whole font is a package of npm's, which is fetched once into the user's cache. It is not needed
while no catalogue has a sign that the font of the course lacks.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from grader.paths import UTILS
from grader.release.translation.bodies import STUDENTS
from grader.release.translation.catalogues import stored_translations
from grader.release.translation.compiled import catalogue_path
from grader.text.terminal import CannotGoOn


@dataclass(frozen=True)
class Source:
    """An open font.

    Attributes:
        package: its package of npm's, with the version.
        file: the font in the package.
        digest: the SHA-256 of this file.
        family: what its subset is called. The name is its own, so that a font which a computer
            has anyway is not taken for it.
    """

    package: str
    file: str
    digest: str
    family: str


SOURCES = {
    "zh_CN": Source(
        "@fontsource/noto-sans-sc@5.3.0",
        "files/noto-sans-sc-chinese-simplified-400-normal.woff",
        "dc20a86875ff056a6332c353bc9a82d199bb2e5aae1d444f912c1fbff783bfa5",
        "Noto Sans SC of the course",
    )
}
"""The languages whose signs DejaVu Sans does not have, and where they are taken from."""

_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\N{MINUS SIGN}\N{MULTIPLICATION SIGN}"
_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx")
_FAMILY, _STYLE, _FULL, _POSTSCRIPT, _TYPOGRAPHIC = 1, 2, 4, 6, 16


class CannotMakeFont(CannotGoOn):
    """Characters are missing, and their font cannot be fetched. The message says why."""


def font_path(language: str) -> Path:
    """Where the font of a language lies, for Matplotlib."""
    return UTILS / "course" / "figures" / "fonts" / f"{language}.ttf"


def used_signs(language: str) -> set[str]:
    """The signs that may land in a figure: those of the catalogues that students have."""
    texts = (
        text
        for name in STUDENTS
        for text in stored_translations(catalogue_path(language, name), language).values()
    )
    return {sign for text in texts for sign in text if sign.isprintable()} | set(_ALWAYS)


def lacking(language: str) -> set[str]:
    """The Chinese signs, or those of another script, that the font of a language lacks."""
    path = font_path(language)
    has = _signs(TTFont(path)) if path.exists() else set()
    return set(filter(_is_of_script, used_signs(language))) - has


def make_font(language: str) -> bool:
    """Make the font of a language anew where it lacks a sign; say whether it did.

    Parameters:
        language: such as ``zh_CN``.

    Raises:
        CannotMakeFont: a sign is missing, and so is npm, the network, or the sign in the font.
    """
    if language not in SOURCES or not lacking(language):
        return False
    source = SOURCES[language]
    folder = _fetched(source, lacking(language))
    font = TTFont(folder / source.file, recalcTimestamp=False)
    wanted = used_signs(language)
    if unknown := set(filter(_is_of_script, wanted)) - _signs(font):
        raise CannotMakeFont(
            f"{source.package} has no {' '.join(sorted(unknown))}; write it with other words in "
            f"the catalogues of {language}"
        )
    options = Options()
    options.hinting = options.glyph_names = options.recalc_timestamp = False
    options.notdef_outline = True
    options.drop_tables += _TABLES
    options.name_IDs = [0, _FAMILY, _STYLE, _FULL, _POSTSCRIPT, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, wanted))
    subsetter.subset(font)
    names = {
        _FAMILY: source.family,
        _STYLE: "Regular",
        _FULL: source.family,
        _POSTSCRIPT: source.family.replace(" ", ""),
    }
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    font.flavor = None
    written = io.BytesIO()
    font.save(written)
    path = font_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())
    shutil.copyfile(folder / "LICENSE", path.with_name(f"{language}.LICENSE.txt"))
    return True


def _signs(font: TTFont) -> set[str]:
    return {chr(code) for code in font.getBestCmap()}


def _is_of_script(sign: str) -> bool:
    """Whether DejaVu Sans, which all figures fall back to, has no such sign."""
    return ord(sign) >= 0x2E80


def _fetched(source: Source, missing: set[str]) -> Path:
    """The folder of a package of npm's in the user's cache, which is fetched where it is not there.

    Parameters:
        missing: the signs for which it is needed.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "neural-networks-from-scratch" / source.package.replace("/", "_")
    if not (folder / "LICENSE").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", source.package]
        try:
            packed = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, check=True, timeout=300
            ).stdout.strip()
            with tarfile.open(folder / packed) as archive:
                for name in (source.file, "LICENSE"):
                    content = archive.extractfile(f"package/{name}")
                    (folder / name).parent.mkdir(exist_ok=True)
                    (folder / name).write_bytes(content.read() if content else b"")
            (folder / packed).unlink()
        except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError) as error:
            raise CannotMakeFont(
                f"the font of figures lacks {' '.join(sorted(missing)[:20])}, and "
                f"{source.package} cannot be fetched ({error}); `{' '.join(command)}` must work"
            ) from None
    if hashlib.sha256((folder / source.file).read_bytes()).hexdigest() != source.digest:
        shutil.rmtree(folder)
        raise CannotMakeFont(f"{source.file} of {source.package} is not the file it should be")
    return folder
