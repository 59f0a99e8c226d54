"""Is a zip archive with the notebook in a folder of it, and the name of a notebook."""

import io
import zipfile


def make(solved: bytes) -> bytes:
    """Return the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/homework/._a4.ipynb", b"junk")
        archive.writestr("homework/notes.txt", b"notes")
        archive.writestr("homework/a4.ipynb", solved)
    return made.getvalue()
