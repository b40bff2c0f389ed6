"""The packages of training, asked for when a command needs them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from credence.errors import TrainExtraMissingError


@contextmanager
def packages() -> Iterator[None]:
    """Import what needs the packages of training within this.

    Raises:
        TrainExtraMissingError: One of them is not installed.
    """
    # More threads are slower on matrices this small, and add up in another order.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("credence"):
            raise
        raise TrainExtraMissingError(error.name or "") from None
