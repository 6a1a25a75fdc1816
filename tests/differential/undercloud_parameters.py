#!/usr/bin/python3
"""What python-tripleoclient makes of undercloud.conf: the parameters and the environment files of its deploy command.

The first argument is a checkout of python-tripleoclient. Each line of the input is a request in JSON:

    conf       text of undercloud.conf
    hostname   short name of the host
    timezone   time zone of the host
    user       who runs the command
    names      names to the addresses that they have
    files      contents of files by path

Each line of the output is the answer, or what was raised: {"parameters": {}, "environments": [], "virtual_ips": {}} or {"error": ""}.
Only undercloud_config and what it reads its options with are the checkout's; the world around them is replaced: nothing is run,
looked up or written. The home directory is /home/stack. Environment files of the templates are relative to them.
"""
import importlib.abc
import importlib.machinery
import io
import json
import logging
import os
import sys
import tempfile
import warnings
from unittest import mock

HOME = '/home/stack'
TEMPLATES = '/usr/share/openstack-tripleo-heat-templates/'
CAPTURED = '/generated/undercloud_parameters.yaml'
IMAGES = 'the value of tripleo-common'


class World(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands for the modules that reach the outside, installed or not: no answer depends on them."""

    NAMES = {'ansible_runner', 'heatclient', 'netifaces', 'osc_lib', 'oslo_concurrency', 'oslo_utils', 'pbr', 'psutil', 'simplejson',
             'six', 'tripleo_common'}

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.split('.')[0] in self.NAMES else None

    def create_module(self, spec):
        module = mock.MagicMock()
        module.__path__ = []
        if spec.name == 'osc_lib.i18n':
            module._ = str
        return module

    def exec_module(self, module):
        pass


def replaced(config, utils, request, captured):
    """Replaces what asks the host or changes it."""
    def addresses(host, type=None):
        found = request.get('names', {}).get(host, [])
        return [a for a in found if type is None or (':' in a) == (type == utils.socket.AF_INET6)]

    def opened(path, mode='r'):
        content = request['files'][path]
        return io.BytesIO(content.encode()) if 'b' in mode else io.StringIO(content)

    def write(data, path='', registry=None):
        captured.update(data)
        return CAPTURED

    os.mkdir = lambda *_: None
    config.open = opened
    config.shutil = mock.MagicMock()
    config.undercloud_preflight = mock.MagicMock()
    if hasattr(config, '_write_env_file'):
        config._write_env_file = write
        config._load_config = lambda: config.CONF(['--config-file', request['path']])
        return
    utils.write_env_file = lambda data, path, registry: write(data)
    utils.load_config = lambda conf, _: conf(['--config-file', request['path']])
    utils.configure_logging = lambda *_: None
    utils.set_hostname = lambda *_: None
    utils.ansible_symlink = lambda: None
    utils.get_host_ips = addresses
    utils.get_local_timezone = lambda: request['timezone']
    utils.get_short_hostname = lambda: request['hostname']
    utils.get_deployment_user = lambda: request['user']


def plain(value):
    """The value without what only the Python it was written for told apart: bytes and text."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {plain(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def answer(config, utils, request):
    captured = {}
    replaced(config, utils, request, captured)
    command = config.prepare_undercloud_deploy(no_validations=False)
    templates = config.CONF.templates or TEMPLATES
    files, flags = [], {}
    for flag, value in zip(command, command[1:]):
        if flag == '-e' and not value.endswith('undercloud_parameters.yaml'):
            files.append(os.path.relpath(value, templates) if value.startswith(templates) else os.path.join(HOME, value))
        elif flag in ('--public-virtual-ip', '--control-virtual-ip'):
            flags[flag[2:]] = value
    return {'parameters': plain(captured), 'environments': files, 'virtual_ips': flags}


def forked(config, utils, request):
    """The answer from a child process: the checkout keeps its options in a global."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            result = answer(config, utils, request)
        except Exception as error:  # whatever the checkout raises is its answer
            result = {'error': '%s: %s' % (type(error).__name__, error)}
        with os.fdopen(writer, 'w') as out:
            json.dump(result, out, sort_keys=True)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as source:
        text = source.read()
    os.waitpid(child, 0)
    return text


def main():
    os.environ.update(HOME=HOME)
    os.environ.pop('THT_HOME', None)
    logging.disable(logging.CRITICAL)
    sys.meta_path.insert(0, World())
    warnings.simplefilter('ignore')
    sys.path.insert(0, sys.argv[1])
    sys.argv = sys.argv[:1]
    from tripleoclient.v1 import undercloud_config as config
    from tripleoclient import utils
    if hasattr(config, 'kolla_builder'):
        config.kolla_builder.CONTAINER_IMAGE_PREPARE_PARAM = IMAGES
    with tempfile.NamedTemporaryFile('w', suffix='.conf', newline='') as conf:
        for line in sys.stdin:
            request = json.loads(line)
            conf.seek(0)
            conf.truncate()
            conf.write(request['conf'])
            conf.flush()
            print(forked(config, utils, dict(request, path=conf.name)), flush=True)


main()
