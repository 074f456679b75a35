"""Runs the command line: ``python -m complaint_rules``."""

from __future__ import annotations

import sys

from complaint_rules.cli.shell import main

if __name__ == "__main__":
    sys.exit(main())
