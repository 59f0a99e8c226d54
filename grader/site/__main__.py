"""``python -m grader.site``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.site.build import SITE, build_site, check_external_links
from grader.text.terminal import CannotGoOn


def main() -> int:
    """Build the site; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m grader.site", description="Build the course as a static site."
    )
    parser.add_argument("pages", nargs="*", help="build these pages only, for a trial")
    parser.add_argument("--output", type=Path, default=SITE, help="where (default: site/)")
    parser.add_argument("--jobs", type=int, help="notebooks that run at once (default: the cores)")
    parser.add_argument(
        "--language",
        action="append",
        default=[],
        help="build this language only; given again, also that one (default: all, English first)",
    )
    parser.add_argument(
        "--external-links",
        action="store_true",
        help="build nothing; follow the links to other sites (needs the network)",
    )
    options = parser.parse_args()
    try:
        if options.external_links:
            check_external_links()
            return 0
        folder = options.output.resolve()
        build_site(folder, options.pages, options.jobs, wanted=options.language)
    except CannotGoOn as error:
        print(f"site: {error}", file=sys.stderr)
        return 1
    print(f"\nThe site is in {folder}. Open {folder / 'index.html'} in a browser, or serve it:")
    print(f"  {Path(sys.executable).name} -m http.server --directory {folder} 8000")
    print("and open http://localhost:8000 (docs/site.md says how to publish it).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
