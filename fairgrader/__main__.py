"""The command ``fairgrader``, or ``python -m fairgrader``."""

import sys


def main() -> int:
    """Run the command; return the exit status."""
    from grader.__main__ import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
