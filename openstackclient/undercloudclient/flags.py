# Licensed under the Apache License, Version 2.0.
"""The flags of python-tripleoclient's commands, Queens to Wallaby, and what each comes to."""

import collections

# names: as on the command line. passes: the program's own flag, or None. says: what is printed where there is nothing to pass.
# value: the flag may have one, as in --use-heat=true.
Flag = collections.namedtuple("Flag", "names help passes says value")


def passed(names, to, help):
    return Flag(names.split(), help, to, None, False)


def without_effect(names, because, value=False):
    return Flag(names.split(), "Accepted, without effect: %s" % because, None, because, value)


def destination(flag):
    return flag.names[-1].lstrip("-").replace("-", "_")


DRY_RUN = passed("--dry-run", "--dry-run", "Show the plan and change nothing.")
NO_VALIDATIONS = passed(
    "--no-validations", "--no-validations", "Go on although checks of undercloud.conf fail; what they found is printed as warnings.")
USE_HEAT = without_effect(
    "--use-heat", "there is one way to install, from Heat templates into containers.", value=True)
FORCE_STACK_UPDATE = without_effect(
    "--force-stack-update", "every run compares with what is on the host; there is no stack action to choose.")
INFLIGHT_VALIDATIONS = without_effect(
    "--inflight-validations", "every run waits for the services' health checks as it starts them.")

INSTALL = (
    DRY_RUN,
    NO_VALIDATIONS,
    # Nothing to pass and nothing to say: what it asks for is so.
    Flag(["-y", "--yes"], "Do not ask. An install never does.", None, None, False),
    USE_HEAT,
    FORCE_STACK_UPDATE,
    INFLIGHT_VALIDATIONS,
    without_effect("--disable-container-prepare", "an install leaves images that are on the host as they are."),
)

UPGRADE = (
    DRY_RUN,
    NO_VALIDATIONS,
    passed("-y --yes", "--yes", "Do not ask whether to go on."),
    passed("--disable-container-prepare", "--keep-images", "Leave images that are on the host as they are."),
    USE_HEAT,
    FORCE_STACK_UPDATE,
    INFLIGHT_VALIDATIONS,
    without_effect("--skip-package-updates", "the program never updates itself."),
    without_effect("--force", "the overcloud's state does not hold an upgrade of the undercloud back."),
)


def add(parser, flags):
    """Gives a parser the flags."""
    for flag in flags:
        kind = {"nargs": "?", "const": "true", "metavar": "BOOLEAN"} if flag.value else {"action": "store_true"}
        parser.add_argument(*flag.names, dest=destination(flag), help=flag.help, **kind)


def translate(parsed, flags):
    """What the program gets, and what is to be said about the flags that do not reach it."""
    given = [flag for flag in flags if getattr(parsed, destination(flag))]
    arguments = [flag.passes for flag in given if flag.passes]
    lines = ["%s has no effect: %s" % (flag.names[-1], flag.says) for flag in given if flag.says]
    return arguments, lines
