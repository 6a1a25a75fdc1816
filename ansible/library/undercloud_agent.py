#!/usr/bin/python
# Licensed under the Apache License, Version 2.0.
"""Reconciles a part of a node with a manifest, using the undercloud program on the node."""

import json
import os

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: undercloud_agent
short_description: Run a verb of the undercloud program on a node
description:
- Runs a verb that compares a part of the node with a manifest and changes what differs.
  - Supports check mode, in which nothing is written. With C(--diff) the differences of a check are returned.
options:
  command:
    description: The verb and its arguments.
    type: list
    elements: str
    required: true
  manifest:
    description: The manifest, if the verb takes one and it is not the default.
    type: path
  executable:
    description: The program.
    type: path
    default: /usr/libexec/undercloud/undercloud
"""

EXAMPLES = r"""
- name: Write the files of this node
  undercloud_agent:
    command: [agent, files, apply]

- name: Start the containers of step 1
  undercloud_agent:
    command: [container, apply, --config-id, tripleo_step1]
"""

RETURN = r"""
changes:
  description: One entry for each change, with kind, name, action and reason.
  type: list
  returned: always
notes:
  description: What the operator should know though nothing failed.
  type: list
  returned: always
"""


def command_line(module):
    arguments = [module.params["executable"]] + module.params["command"]
    if module.params["manifest"]:
        arguments += ["--manifest", module.params["manifest"]]
    if module.check_mode:
        arguments.append("--check")
    return arguments + ["-f", "json"]


def parsed(output):
    try:
        result = json.loads(output)
    except ValueError:
        return None
    return result if isinstance(result, dict) and "changes" in result else None


def shown(change):
    """The difference of one change, for Ansible to print. What not everyone may read is left to a printer that masks."""
    if change.get("private"):
        return {"prepared": "%s: not for everyone to read, its difference is not shown\n" % change["name"]}
    return {"prepared": change["diff"]}


def main():
    module = AnsibleModule(
        argument_spec={
            "command": {"type": "list", "elements": "str", "required": True},
            "manifest": {"type": "path"},
            "executable": {"type": "path", "default": "/usr/libexec/undercloud/undercloud"},
        },
        supports_check_mode=True,
    )
    arguments = command_line(module)
    if not os.access(arguments[0], os.X_OK):
        module.fail_json(msg="%s is not there or not executable: the first play copies it." % arguments[0], cmd=arguments)

    code, output, error = module.run_command(arguments)
    result = parsed(output)
    if result is None:
        module.fail_json(
            msg="The program ended with %d and printed no result." % code, cmd=arguments, rc=code, stdout=output[-2000:], stderr=error)

    changes = result["changes"]
    answer = {
        "changed": bool(result.get("changed")),
        "changes": changes if module._diff else [dict((k, v) for k, v in c.items() if k != "diff") for c in changes],
        "notes": result.get("notes") or [],
    }
    if module._diff:
        answer["diff"] = [shown(change) for change in changes if change.get("diff")]
    if code != 0 or result.get("failed"):
        message = result.get("message") or "The program ended with %d." % code
        module.fail_json(msg=message, cmd=arguments, rc=code, stderr=error, **answer)
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
