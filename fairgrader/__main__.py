"""The command ``fairgrader``, or ``python -m fairgrader``."""

import os
import sys


def main() -> int:
    """Run the command; return the exit status."""
    # One may stand in a student's folder, where there is a numpy.py: the processes that grade, too,
    # import nothing from where they are started.
    os.environ["PYTHONSAFEPATH"] = "1"
    from grader.__main__ import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
