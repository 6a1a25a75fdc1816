# Licensed under the Apache License, Version 2.0.
"""Finds the undercloud program and replaces this process by it."""

import os
import shutil
import signal
import sys

from osc_lib import exceptions

NAME = "undercloud"

# Written by an installation: the path of the program.
RECORD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "program")


def candidates():
    """Where the program may be: on PATH, beside the client's own program, beside this package's checkout, or at the recorded path."""
    yield shutil.which(NAME)
    yield os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), NAME)
    yield os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(RECORD))), NAME)
    try:
        with open(RECORD) as record:
            yield record.readline().strip()
    except OSError:
        return


def find():
    for path in candidates():
        if path and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise exceptions.CommandError(
        "There is no program '%s' that you may run, neither on PATH nor at the path of its installation. "
        "Put the program, or a link to it, into a directory of PATH." % NAME)


def become(arguments):
    """Replaces this process, so that the program gets the terminal and signals, and gives the exit code."""
    path = find()
    sys.stdout.flush()
    sys.stderr.flush()

    # Python ignores these two signals, and a replaced process inherits ignored signals.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    try:
        os.execv(path, [NAME] + arguments)
    except OSError as failure:
        raise exceptions.CommandError("%s cannot be run: %s." % (path, failure.strerror))
