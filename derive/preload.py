"""What the server process that workers are forked from imports, and nothing else does: it loads SymPy once for all of them.

A worker that is ended while it starts finds its pipe closed. Nobody waits for it, so the server must not print its traceback.
"""

import gc
import sys

from derive import tasks

gc.freeze()  # what is loaded here stays: no worker need look through it for garbage

if sys.argv[:1] == ["-c"]:  # only as that server
    sys.excepthook = lambda *args: None

__all__ = ["tasks"]
