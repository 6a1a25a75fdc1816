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
        program.become(self.verb.split() + arguments + self.named(parsed_args))

    def named(self, parsed_args):
        """What the program gets besides the flags."""
        return []


class Install(Forwarded):
    """Install the undercloud, or bring it to what undercloud.conf says now"""

    verb = "install"
    flags = flags.INSTALL


class Upgrade(Forwarded):
    """Renew the images from the newest packages, and install again"""

    verb = "upgrade"
    flags = flags.UPGRADE


class ImportNode(Forwarded):
    """Enrol the bare metal nodes of a JSON or YAML file, or change those that differ"""

    verb = "node import"
    flags = flags.NODE_IMPORT

    def get_parser(self, prog_name):
        parser = super().get_parser(prog_name)
        parser.add_argument("env_file", metavar="FILE", help="The nodes, e.g. instackenv.json.")
        return parser

    def named(self, parsed_args):
        return [parsed_args.env_file]


class Nodes(Forwarded):
    """What a command on nodes that are named has besides."""

    def get_parser(self, prog_name):
        parser = super().get_parser(prog_name)
        parser.add_argument("node_uuids", metavar="NODE", nargs="*", help="Nodes, by name or identifier.")
        return parser

    def named(self, parsed_args):
        return parsed_args.node_uuids


class IntrospectNode(Nodes):
    """Let Ironic find out what nodes have"""

    verb = "node introspect"
    flags = flags.NODE_INTROSPECT


class ProvideNode(Nodes):
    """Make nodes available"""

    verb = "node provide"
    flags = flags.NODE_PROVIDE
