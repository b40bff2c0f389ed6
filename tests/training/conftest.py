"""NumPy computes with one thread here, as it does for the command: more are slower on small matrices."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
