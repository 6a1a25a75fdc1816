# Licensed under the Apache License, Version 2.0.
"""The flags of python-tripleoclient's commands, Queens to Wallaby, and their translation."""

import collections

# names: as on the command line. passes: the program's own flag, or None. says: the message when there is nothing to pass.
# value: whether the flag may have one, as in --use-heat=true. takes: the name of the flag's value, or the allowed values; None for a flag without a value.
# many: whether the flag may be repeated.
Flag = collections.namedtuple("Flag", "names help passes says value takes many", defaults=(None, False))


def passed(names, to, help):
    return Flag(names.split(), help, to, None, False)


def valued(name, help, takes):
    return Flag([name], help, name, None, False, takes)


def repeated(name, help, takes):
    return Flag([name], help, name, None, False, takes, True)


def without_effect(names, because, value=False):
    return Flag(names.split(), "Accepted, without effect: %s" % because, None, because, value)


def destination(flag):
    return flag.names[-1].lstrip("-").replace("-", "_")


DRY_RUN = passed("--dry-run", "--dry-run", "Show the plan and change nothing.")
NO_VALIDATIONS = passed(
    "--no-validations", "--no-validations", "Continue when checks fail; their findings are printed as warnings.")
USE_HEAT = without_effect(
    "--use-heat", "there is one way to install, from Heat templates into containers.", value=True)
FORCE_STACK_UPDATE = without_effect(
    "--force-stack-update", "every run compares the plan with the host; there is no stack action to choose.")
INFLIGHT_VALIDATIONS = without_effect(
    "--inflight-validations", "every run waits for the services' health checks.")

INSTALL = (
    DRY_RUN,
    NO_VALIDATIONS,
    # Nothing to pass and no message: an install never asks.
    Flag(["-y", "--yes"], "Do not ask. An install never does.", None, None, False),
    USE_HEAT,
    FORCE_STACK_UPDATE,
    INFLIGHT_VALIDATIONS,
    without_effect("--disable-container-prepare", "an install never rebuilds existing images."),
)

UPGRADE = (
    DRY_RUN,
    NO_VALIDATIONS,
    passed("-y --yes", "--yes", "Do not ask for confirmation."),
    passed("--disable-container-prepare", "--keep-images", "Do not rebuild existing images."),
    USE_HEAT,
    FORCE_STACK_UPDATE,
    INFLIGHT_VALIDATIONS,
    without_effect("--skip-package-updates", "the program never updates itself."),
    without_effect("--force", "the overcloud's state does not prevent an upgrade of the undercloud."),
)

RUN_VALIDATIONS = without_effect("--run-validations", "there are no validations of TripleO's here.")
CONCURRENCY = valued("--concurrency", "The number of nodes on which Ironic works at a time.", "NODES")
PROVIDE = passed("--provide", "--provide", "Make the nodes available afterwards.")
ALL_MANAGEABLE = passed("--all-manageable", "--all-manageable", "All nodes in the state manageable.")

NODE_IMPORT = (
    passed("--introspect", "--introspect", "Inspect the nodes afterwards."),
    PROVIDE,
    passed("--validate-only", "--validate-only", "Only check the file, without asking Ironic."),
    passed("--no-deploy-image", "--no-deploy-image", "Leave the agent's kernel and ramdisk to the conductor."),
    valued("--instance-boot-option", "How instances boot.", ("local", "netboot")),
    valued("--http-boot", "The directory with the agent's kernels and ramdisks.", "DIR"),
    CONCURRENCY,
    RUN_VALIDATIONS,
)

NODE_INTROSPECT = (ALL_MANAGEABLE, PROVIDE, CONCURRENCY, RUN_VALIDATIONS)

NODE_PROVIDE = (ALL_MANAGEABLE,)


NO_REAR = "a backup is one file, and needs neither ReaR nor an NFS server."

BACKUP = (
    repeated("--add-path", "Also keep this file or directory. May be repeated.", "PATH"),
    repeated("--exclude-path", "Leave out this file or directory. May be repeated.", "PATH"),
    without_effect("--init", NO_REAR, value=True),
    without_effect("--setup-nfs", NO_REAR),
    without_effect("--setup-rear", NO_REAR),
    without_effect("--cron", "a timer of the host can run `undercloud backup`."),
    without_effect("--db-only", "a backup has the files that belong to the databases; `undercloud backup --exclude` leaves out parts."),
    without_effect("--inventory", "the plan says which hosts the undercloud is on.", value=True),
    without_effect("--extra-vars", "there is no playbook of TripleO's here.", value=True),
    without_effect("--save-swift", "a backup that is stored in the undercloud would be lost with it."),
)


def add(parser, flags):
    """Adds the flags to a parser."""
    for flag in flags:
        kind = {"nargs": "?", "const": "true", "metavar": "BOOLEAN"} if flag.value else {"action": "store_true"}
        if flag.takes:
            kind = {"metavar": flag.takes} if isinstance(flag.takes, str) else {"choices": flag.takes}
        if flag.many:
            kind["action"] = "append"
        parser.add_argument(*flag.names, dest=destination(flag), help=flag.help, **kind)


def translate(parsed, flags):
    """The program's arguments, and the messages about flags without effect."""
    given = [flag for flag in flags if getattr(parsed, destination(flag))]
    arguments = []
    for flag in given:
        if flag.passes:
            value = getattr(parsed, destination(flag))
            for one in value if flag.many else [value]:
                arguments += [flag.passes, one] if flag.takes else [flag.passes]
    lines = ["%s has no effect: %s" % (flag.names[-1], flag.says) for flag in given if flag.says]
    return arguments, lines
