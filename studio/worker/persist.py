"""Writing down what nobody else can know."""

import logging
import time
from collections.abc import Callable

from django.db import Error, connection

log = logging.getLogger(__name__)
PERSIST = (0.0, 0.2, 1.0, 3.0, 10.0)  # seconds before each try


def persist(write: Callable[[], object]) -> None:
    """Only this thread knows what a paid request came to: a database that is away for a moment must not lose it."""
    for left, pause in zip(reversed(range(len(PERSIST))), PERSIST, strict=True):
        time.sleep(pause)
        try:
            write()
        except Error:
            if not left:
                raise
            log.warning("the answer of an upstream could not be written down; trying again", exc_info=True)
            connection.close()
        else:
            return
