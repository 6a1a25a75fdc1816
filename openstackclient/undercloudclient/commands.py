# Licensed under the Apache License, Version 2.0.
"""The commands. None needs a cloud or a login."""

from osc_lib.command import command

from undercloudclient import flags
from undercloudclient import program


class Forwarded(command.Command):
    """A command of the undercloud program under the name it had before."""

    auth_required = False
    verb = None
    flags = ()

    def get_parser(self, prog_name):
        parser = super().get_parser(prog_name)
        flags.add(parser, self.flags)
        return parser

    def get_epilog(self):
        return "This runs `undercloud %s`, which has more options: see `undercloud %s --help`." % (self.verb, self.verb)

    def take_action(self, parsed_args):
        arguments, lines = flags.translate(parsed_args, self.flags)
        for line in lines:
            self.log.warning(line)
        program.become([self.verb] + arguments)


class Install(Forwarded):
    """Install the undercloud, or bring it to what undercloud.conf says now"""

    verb = "install"
    flags = flags.INSTALL


class Upgrade(Forwarded):
    """Renew the images from the newest packages, and install again"""

    verb = "upgrade"
    flags = flags.UPGRADE
