# Licensed under the Apache License, Version 2.0.
"""Writes the events of a playbook to standard output, one JSON object a line, for the undercloud program."""

import json
import shlex
import sys
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: undercloud_events
type: stdout
short_description: One JSON object a line
description:
  - Every line has C(event), one of play_start, task_start, task_ok, task_changed, task_skipped, task_failed, task_unreachable,
    task_retry and stats, and C(time), seconds since 1970.
  - Results of tasks with C(no_log) are left out.
"""

TAIL_LINES = 30
TAIL_CHARACTERS = 4000


def tail(value):
    if not value:
        return None
    text = value if isinstance(value, str) else str(value)
    return "\n".join(text.rstrip().splitlines()[-TAIL_LINES:])[-TAIL_CHARACTERS:]


def command_text(value):
    if not value:
        return None
    return value if isinstance(value, str) else " ".join(shlex.quote(str(part)) for part in value)


def number(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "undercloud_events"

    def __init__(self):
        super().__init__()
        self._play = None
        self._started = {}

    def v2_playbook_on_play_start(self, play):
        self._play = play
        self._write("play_start", step=self._step(None))

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._task_start(task)

    def v2_playbook_on_handler_task_start(self, task):
        self._task_start(task)

    def v2_playbook_on_cleanup_task_start(self, task):
        self._task_start(task)

    def v2_runner_on_start(self, host, task):
        self._started[(host.get_name(), task._uuid)] = time.monotonic()

    def v2_runner_on_ok(self, result):
        self._result("task_changed" if result._result.get("changed") else "task_ok", result)

    def v2_runner_on_skipped(self, result):
        self._result("task_skipped", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._result("task_failed", result, ignored=ignore_errors or None, failure=self._failure(result))

    def v2_runner_on_unreachable(self, result):
        self._result("task_unreachable", result)

    def v2_runner_retry(self, result):
        attempts, retries = result._result.get("attempts"), result._result.get("retries")
        self._result("task_retry", result, msg="attempt %s of %s" % (attempts, retries), ended=False)

    def v2_playbook_on_no_hosts_matched(self):
        self._write("text", text="No host matches %s." % self._play_name())

    def v2_playbook_on_stats(self, stats):
        self._play = None
        self._write("stats", stats=dict((host, stats.summarize(host)) for host in sorted(stats.processed)))

    def _task_start(self, task):
        self._write("task_start", task=task.get_name().strip(), step=self._step(task), module=task.action)

    def _result(self, event, result, ended=True, msg=None, **fields):
        name = result._host.get_name()
        started = self._started.pop((name, result._task._uuid), None) if ended else None
        values = result._result
        censored = self._censored(result)
        self._write(
            event,
            task=result.task_name.strip(),
            host=name,
            step=self._step(result._task),
            module=result._task.action,
            duration=None if started is None else round(time.monotonic() - started, 3),
            changes=None if censored else values.get("changes"),
            notes=None if censored else values.get("notes") or None,
            msg="the result is hidden: no_log" if censored and event == "task_failed" else None if censored else msg or self._message(values),
            **fields
        )

    @staticmethod
    def _censored(result):
        return bool(result._task.no_log or "censored" in result._result or result._result.get("_ansible_no_log"))

    @staticmethod
    def _message(values):
        message = values.get("msg") or values.get("skip_reason")
        return message if message is None or isinstance(message, str) else json.dumps(message, default=str)

    def _failure(self, result):
        if self._censored(result):
            return {"module": result._task.action}
        values = result._result
        # The first failed item of a loop gives the reason.
        for item in values.get("results") or []:
            if isinstance(item, dict) and (item.get("failed") or item.get("unreachable")):
                values = item
                break
        if "censored" in values:
            return {"module": result._task.action}
        item = values.get("_ansible_item_label", values.get("item"))
        failure = {
            "module": result._task.action,
            "msg": self._message(values),
            "cmd": command_text(values.get("cmd")),
            "rc": number(values.get("rc")),
            "stderr": tail(values.get("stderr") or values.get("module_stderr") or values.get("exception")),
            "stdout": tail(values.get("stdout") or values.get("module_stdout")),
            "item": None if item is None else str(item),
        }
        return dict((key, value) for key, value in failure.items() if value is not None)

    # The deployment step is a variable of the task, of its include, or of the play.
    def _step(self, task):
        for source in (task, self._play):
            if source is not None:
                step = number((source.get_vars() or {}).get("step"))
                if step is not None:
                    return step
        return None

    def _play_name(self):
        return None if self._play is None else self._play.get_name().strip()

    def _write(self, event, **fields):
        line = {"event": event, "time": round(time.time(), 3), "play": self._play_name()}
        line.update(fields)
        text = json.dumps(dict((key, value) for key, value in line.items() if value is not None), default=str)
        try:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader is gone. The playbook continues: its results are on the nodes.
            pass
