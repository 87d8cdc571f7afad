#!/usr/bin/env python
"""Django's command line for the studio."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    from django.core.management import execute_from_command_line

    from studio.data import UnusableError

    try:
        execute_from_command_line(sys.argv)
    except UnusableError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
