"""What holds for all tests."""

import signal

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # so a shell starts what runs in the background, and a child inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)
