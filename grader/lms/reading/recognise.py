"""Which learning management system has made an archive."""

from __future__ import annotations

from collections.abc import Sequence

from grader.lms.reading.archive import Archive, ArchiveError, Entry
from grader.lms.reading.blackboard import Blackboard
from grader.lms.reading.brightspace import Brightspace
from grader.lms.reading.canvas import Canvas
from grader.lms.reading.gradescope import Gradescope
from grader.lms.reading.ilias import Ilias
from grader.lms.reading.moodle import Moodle
from grader.lms.reading.openolat import OpenOlat
from grader.lms.reading.plain import Plain
from grader.lms.reading.sakai import Sakai
from grader.lms.reading.system import Placed, System
from grader.text.terminal import shown

SYSTEMS: tuple[type[System], ...] = (
    Gradescope,
    Moodle,
    Blackboard,
    Brightspace,
    Canvas,
    OpenOlat,
    Ilias,
    Sakai,
    Plain,
)
NAMES = tuple(sorted(system.name for system in SYSTEMS))
_ENOUGH = 0.5
_DEEPEST_WRAPPER = 3
_MOST_REASONS = 10


def system_named(name: str) -> System:
    """The system of that name."""
    return next(system for system in SYSTEMS if system.name == name)()


def recognise(archive: Archive, name: str = "") -> tuple[System, list[Placed]]:
    """Find out which system has named the files of an archive.

    A folder around everything, as it comes from packing an unpacked archive again, is looked
    through.

    Parameters:
        archive: the archive.
        name: the system, where the instructor says which.

    Returns:
        The system, and the files without folders around the whole archive.

    Raises:
        ArchiveError: there is nothing in it, or nothing that the named system has named.
    """
    if not archive.entries:
        why = "".join(f" {one.name} {one.reason}" for one in archive.refused[:_MOST_REASONS])
        raise ArchiveError(f"There is nothing in {archive.path} that can be imported.{why}")
    candidates = [system_named(name)] if name else [system() for system in SYSTEMS]
    depths = _depths(archive.entries)
    if name != Plain.name:
        best: tuple[float, System, list[Placed]] | None = None
        for files in depths:
            for system in candidates:
                share = 0.0 if isinstance(system, Plain) else system.share(files)
                if share > (best[0] if best else 0.0):
                    best = share, system, files
        if best is not None and (name or best[0] >= _ENOUGH):
            return best[1], best[2]
        if (found := _one_level_down(archive, depths[-1], candidates)) is not None:
            return found
    if name and name != Plain.name:
        title = candidates[0].title
        raise ArchiveError(
            f"No file of {archive.path.name} is named as {title} names submissions (the first is "
            f"{shown(archive.entries[0].path)}). Leave --from away to let the system be recognised."
        )
    return Plain(), _as_class(depths)


def _depths(entries: Sequence[Entry]) -> list[list[Placed]]:
    """The files as they are, and without each folder that lies around all of them."""
    depths = [[Placed(entry, entry.path) for entry in entries]]
    while len(depths) <= _DEEPEST_WRAPPER:
        tops = {file.path.partition("/")[0] for file in depths[-1]}
        if len(tops) != 1 or not all("/" in file.path for file in depths[-1]):
            break
        depths.append([Placed(f.entry, f.path.partition("/")[2]) for f in depths[-1]])
    return depths


def _one_level_down(
    archive: Archive, files: Sequence[Placed], candidates: Sequence[System]
) -> tuple[System, list[Placed]] | None:
    """What a system has made, in a folder beside which something else lies.

    Raises:
        ArchiveError: several folders are such.
    """
    inner = [Placed(f.entry, f.path.partition("/")[2]) for f in files if "/" in f.path]
    systems = [system for system in candidates if not isinstance(system, Plain)]
    system = max(systems, key=lambda one: one.share(inner), default=None)
    if system is None or system.share(inner) < _ENOUGH:
        return None
    tops = sorted({file.path.partition("/")[0] for file in files if "/" in file.path})
    if len(tops) > 1:
        raise ArchiveError(
            f"{archive.path.name} holds what {system.title} has named in several folders "
            f"({', '.join(shown(top, 60) for top in tops[:5])}): unpack it and import each of them "
            "by itself. If they are students all the same, say --from folder."
        )
    return system, [*inner, *(file for file in files if "/" not in file.path)]


def _as_class(depths: list[list[Placed]]) -> list[Placed]:
    """A plain folder without what lies around the class.

    A single top folder is the class where several folders or notebooks lie in it, and the only
    student otherwise.
    """
    chosen = depths[0]
    for inner in depths[1:]:
        notebooks = [file.path for file in inner if file.path.lower().endswith(".ipynb")]
        if len({path.partition("/")[0] for path in notebooks}) < 2:
            break
        chosen = inner
    return chosen
