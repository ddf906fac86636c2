"""Stands in for derive.grade.judge in tests: an answer that names a trouble gets into it, every other one is judged as ever."""

import ctypes
import os
import signal
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import derive.grade

spec = spec_from_file_location("real_judge", Path(derive.grade.__file__).parent / "judge.py")
real = module_from_spec(spec)
spec.loader.exec_module(real)


def judge(claim, truth, budget=20.0):
    text = claim.text
    if "stopped" in text:
        os.kill(os.getpid(), signal.SIGSTOP)
    if "in C" in text:
        ctypes.CDLL(None).sleep(1000)
    if "deaf" in text:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(1000)
    if "killed" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "memory" in text:
        bytearray(1 << 40)
    return real.judge(claim, truth, budget)
