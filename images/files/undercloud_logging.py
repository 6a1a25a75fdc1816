"""Keeps the locks of logging native in an API that runs under uwsgi.

oslo.log makes these locks green as soon as eventlet is loaded, which every service does, also where nothing is patched. The native threads of uwsgi and of
oslo.messaging then wait in each other's greenlets: eventlet ends with "cannot switch to a different thread", and the worker crashes or does not answer any more.
"""

import sys

from oslo_log import log

_make_green = getattr(log, '_fix_eventlet_logging', None)


def _make_green_where_threads_are():
    patcher = sys.modules.get('eventlet.patcher')
    if patcher and patcher.is_monkey_patched('thread'):
        _make_green()


if _make_green:
    log._fix_eventlet_logging = _make_green_where_threads_are
