"""Archives that are hostile, damaged or none: a sentence each, and the rest is imported."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.lms.reading.archive import ArchiveError, RefusedEntry, open_archive
from grader.lms.settings import ArchiveLimits
from tests.helpers.importing import AS_MACOS_WRITES_IT, Course, moodle_name, notebook, zipped


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("/etc/cron.d/a4.ipynb", "has an absolute path"),
        ("C:\\Users\\a4.ipynb", "has an absolute path"),
        ("C:/Users/a4.ipynb", "has an absolute path"),
        ("\\\\server\\share\\a4.ipynb", "has an absolute path"),
        ("../../a4.ipynb", "has .. in its path"),
        ("ada/../../a4.ipynb", "has .. in its path"),
        ("ada\\..\\a4.ipynb", "has .. in its path"),
        ("ada\\a4.ipynb", "has a backslash in its name"),
        ("ada\n/a4.ipynb", "control characters"),
        ("ada\x1b[2J/a4.ipynb", "control characters"),
        ("ada\u202egnp.ipynb", "control characters"),
        ("a" * 1200 + "/a4.ipynb", "has a name of 1209 characters"),
    ],
)
def test_a_name_that_points_elsewhere_is_refused_and_the_rest_imported(
    name: str, sentence: str, course: Course, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "p.zip", {name: notebook("bad"), "bob/a4.ipynb": notebook("good")})
    assert course.run(archive) == 1
    assert course.students() == ["bob"]
    assert sentence in course.err
    assert not any(character in course.err for character in "\x1b\u202e")
    assert "1 imported; 1 file was refused" in course.out


def test_a_name_that_ends_with_a_null_byte_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"bob/a4.ipynb": notebook(), "ada/a4Xipynb": notebook()})
    path.write_bytes(path.read_bytes().replace(b"a4Xipynb", b"a4\x00ipynb"))
    with open_archive(path) as archive:
        assert [entry.path for entry in archive.entries] == ["bob/a4.ipynb"]
        assert "control characters" in archive.refused[0].reason


def hostile(path: Path, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None]) -> Path:
    """An archive in which one entry was changed before its directory was written."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bob/a4.ipynb", notebook("good"))
        archive.writestr("ada/a4.ipynb", notebook("bad"))
        change(archive, archive.getinfo("ada/a4.ipynb"))
    return path


def set_link(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.create_system, info.external_attr = 3, 0o120777 << 16


def set_device(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.create_system, info.external_attr = 3, 0o020666 << 16


def set_encrypted(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.flag_bits |= 1


def set_shared_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    twin = zipfile.ZipInfo("eve/a4.ipynb")
    for attribute in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
        setattr(twin, attribute, getattr(info, attribute))
    archive.filelist.append(twin)


def set_wrong_checksum(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.CRC ^= 1


def set_unknown_packing(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.compress_type = 97


def set_huge(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.file_size = 300_000_000


def set_bomb(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.file_size = 100_000_000


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (set_link, "is a symbolic link"),
        (set_device, "is no ordinary file"),
        (set_encrypted, "is encrypted"),
        (set_shared_bytes, "shares its bytes with another file"),
        (set_wrong_checksum, "is damaged in the archive"),
        (set_unknown_packing, "is packed in a way that cannot be read here"),
        (set_huge, "has 300.0 MB, more than 200.0 MB"),
        (set_bomb, "as a zip bomb does"),
    ],
)
def test_an_entry_that_is_no_ordinary_file_is_refused_and_the_rest_imported(
    change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None],
    sentence: str,
    course: Course,
    tmp_path: Path,
) -> None:
    assert course.run(hostile(tmp_path / "h.zip", change)) == 1
    assert course.students() == ["bob"]
    assert sentence in course.err


def test_a_zip_bomb_is_refused_by_its_ratio(course: Course, tmp_path: Path) -> None:
    files = {"ada/a4.ipynb": bytes(30_000_000), "bob/a4.ipynb": notebook()}
    assert course.run(zipped(tmp_path / "bomb.zip", files)) == 1
    assert course.students() == ["bob"]
    assert "ada/a4.ipynb would unpack to 30.0 MB" in course.err


def test_no_more_than_the_total_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {f"{n}/a4.ipynb": bytes(1000) for n in range(5)})
    with open_archive(path, ArchiveLimits(largest_total=2500)) as archive:
        assert len(archive.read(archive.entries[0])) == 1000
        archive.read(archive.entries[1])
        with pytest.raises(RefusedEntry, match="unpacks to more than"):
            archive.read(archive.entries[2])


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {f"{n}.ipynb": b"" for n in range(5)})
    with pytest.raises(ArchiveError, match="holds 5 files, more than 4"):
        open_archive(path, ArchiveLimits(most_files=4))
    with open_archive(path, ArchiveLimits(most_files=5)) as archive:
        assert len(archive.entries) == 5


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_occurs_twice_is_taken_once(course: Course, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("José/a4.ipynb", notebook("first"))
        archive.writestr("José/a4.ipynb", notebook("second"))
        archive.writestr(AS_MACOS_WRITES_IT, notebook("third"))
    assert course.run(tmp_path / "p.zip") == 1
    assert course.students() == ["José"]
    assert course.err.count("occurs more than once") == 2


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"王伟/a4.ipynb": notebook()})
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(signature) + offset
        raw[place : place + 2] = b"\x00\x00"
    path.write_bytes(bytes(raw))
    with open_archive(path) as archive:
        assert archive.entries[0].path == "王伟/a4.ipynb"
        assert archive.read(archive.entries[0]) == notebook()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"Hello", "is no zip file"),
        (b"PK\x03\x04 and so on", "is cut off or damaged"),
        (b"\x1f\x8b\x08", "is a gzip or tar.gz archive"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive"),
        (b"Rar!\x1a", "is a RAR archive"),
    ],
)
def test_what_is_no_zip_file_is_refused_as_a_whole(
    content: bytes, sentence: str, course: Course, tmp_path: Path
) -> None:
    path = tmp_path / "what.zip"
    path.write_bytes(content)
    assert course.run(path) == 1
    assert sentence in course.err and course.err.startswith("grader: ")


def test_a_truncated_archive_is_refused_as_a_whole(course: Course, tmp_path: Path) -> None:
    files = {moodle_name(f"P Q{n}", n): notebook(str(n)) for n in range(3)}
    whole = zipped(tmp_path / "m.zip", files).read_bytes()
    (tmp_path / "m.zip").write_bytes(whole[: len(whole) // 2])
    assert course.run(tmp_path / "m.zip") == 1
    assert "m.zip is cut off or damaged: download it again." in course.err


def test_an_archive_with_damaged_bytes_loses_only_what_they_belong_to(
    course: Course, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "p.zip", {f"{s}/a4.ipynb": notebook(s * 999) for s in ("ada", "bob")})
    raw = bytearray(path.read_bytes())
    raw[60:90] = bytes(30)
    path.write_bytes(bytes(raw))
    assert course.run(path) == 1
    assert course.students() == ["bob"]
    assert "is damaged in the archive" in course.err


def test_a_missing_file_is_named(course: Course, tmp_path: Path) -> None:
    assert course.run(tmp_path / "none.zip") == 1
    assert "There is no" in course.err


def test_an_archive_with_the_separators_of_windows_is_read(course: Course, tmp_path: Path) -> None:
    files = {f"class\\{s}\\a4.ipynb": notebook(s) for s in ("ada", "bob")}
    files |= {"class\\..\\..\\eve.ipynb": notebook(), "class\\": b""}
    assert course.run(zipped(tmp_path / "w.zip", files)) == 1
    assert course.students() == ["ada", "bob"]
    assert "has .. in its path" in course.err


def test_where_nothing_can_be_imported_it_is_said_why(course: Course, tmp_path: Path) -> None:
    assert course.run(zipped(tmp_path / "e.zip", {"../a4.ipynb": notebook()})) == 1
    assert "There is nothing in" in course.err and "has .. in its path" in course.err


def test_an_empty_archive_is_named(course: Course, tmp_path: Path) -> None:
    assert course.run(zipped(tmp_path / "e.zip", {})) == 1
    assert "There is nothing in" in course.err


def test_links_in_a_folder_are_not_followed(course: Course, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    (folder / "bob").mkdir(parents=True)
    (folder / "bob" / "a4.ipynb").write_bytes(notebook())
    (tmp_path / "secret.ipynb").write_bytes(notebook("secret"))
    (folder / "ada.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (folder / "eve").symlink_to(folder / "bob")
    assert course.run(folder) == 1
    assert course.students() == ["bob"]
    assert course.err.count("is a symbolic link") == 2


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"a{n}: &a{n} [{'*a,' * 9}]\n".replace("*a,", f"*a{n - 1},") for n in range(1, 40)
        ).replace("*a0,", "*a,")
        + "submission_1:\n  :submitters:\n  - :name: *a39\n    :sid: *a39\n",
        "[" * 200_000,
        "a: &a\n  x: 1\nsubmission_1:\n  <<: [*a, *a]\n  :submitters: []\n",
        "submission_1: &s\n  :submitters: [*s]\n",
        "submission_1: " + ":".join(["1"] * 100_000),
    ],
)
def test_metadata_that_unfolds_without_end_is_read_in_no_time(
    bomb: str, course: Course, tmp_path: Path
) -> None:
    files = {"submission_metadata.yml": bomb.encode(), "submission_1/a.ipynb": notebook()}
    assert course.run(zipped(tmp_path / "g.zip", files)) == 1
    assert course.students() == []


def test_names_in_gbk_stay_readable(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "gbk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("王伟", "李娜"):
            info = zipfile.ZipInfo("x")
            info.filename = f"{name}/a.ipynb".encode("gbk").decode("cp437")
            archive.writestr(info, notebook(name))
    raw = path.read_bytes()
    for name in ("王伟", "李娜"):
        utf8 = f"{name}/a.ipynb".encode("gbk").decode("cp437").encode()
        assert utf8 in raw
    path.write_bytes(_without_utf8_flag(path))
    course.run(path)
    assert course.students() == ["李娜", "王伟"]


def _without_utf8_flag(path: Path) -> bytes:
    """The archive with its names in the bytes of GBK, as Chinese Windows writes them."""
    import io
    import struct

    out = io.BytesIO()
    central = b""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            raw = archive.read(info)
            name = info.filename.encode("cp437")
            fields = struct.pack(
                "<HHHHHIIIH", 20, 0, 0, 0, 0, info.CRC, len(raw), len(raw), len(name)
            )
            place = out.tell()
            out.write(b"PK\x03\x04" + fields + b"\0\0" + name + raw)
            central += b"PK\x01\x02\x14\0" + fields + b"\0" * 12 + struct.pack("<I", place) + name
    end = struct.pack("<4H2IH", 0, 0, 2, 2, len(central), out.tell(), 0)
    return out.getvalue() + central + b"PK\x05\x06" + end
