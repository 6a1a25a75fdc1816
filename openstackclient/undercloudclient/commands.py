# Licensed under the Apache License, Version 2.0.
"""The commands. None of them needs a cloud or a login."""

from osc_lib.command import command

from undercloudclient import flags
from undercloudclient import program


class Forwarded(command.Command):
    """A command of the undercloud program under its name in tripleoclient."""

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
        """The program's arguments besides the flags."""
        return []


class Install(Forwarded):
    """Install the undercloud, or reconcile it with undercloud.conf"""

    verb = "install"
    flags = flags.INSTALL


class Upgrade(Forwarded):
    """Rebuild images with newer packages, then install"""

    verb = "upgrade"
    flags = flags.UPGRADE


class Backup(Forwarded):
    """Write databases, passwords, configuration and the services' files to one file"""

    verb = "backup"
    flags = flags.BACKUP


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
    """A command with nodes as arguments."""

    def get_parser(self, prog_name):
        parser = super().get_parser(prog_name)
        parser.add_argument("node_uuids", metavar="NODE", nargs="*", help="Nodes, by name or identifier.")
        return parser

    def named(self, parsed_args):
        return parsed_args.node_uuids


class IntrospectNode(Nodes):
    """Inspect the hardware of nodes with Ironic"""

    verb = "node introspect"
    flags = flags.NODE_INTROSPECT


class ProvideNode(Nodes):
    """Make nodes available"""

    verb = "node provide"
    flags = flags.NODE_PROVIDE
