"""Writes the project of a stack with a tripleo-common checkout's own code, over a client that answers from a file.

usage: config_download.py CHECKOUT DIRECTORY < input.json
CHECKOUT is a checkout of openstack/tripleo-common, at queens or at train. DIRECTORY gets the project. Standard output gets a JSON map
from the path of each file to {"value": what PyYAML reads from it}, to {"text": ...} for a file whose text is a string of the input,
or to {"own": true} for a file that tripleo-common copies from itself.

The input has outputs, stack, python, role, parameter_defaults, deployments (each with server, name, parent_resource,
grandparent_resource, physical_resource_id, config) and network_configs (id: text).
"""
import json
import os
import sys
import types
import warnings

import yaml

sys.dont_write_bytecode = True

OWN = {'deployments.yaml', 'heat-config.j2'}


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor('tag:yaml.org,2002:timestamp', Loader.construct_yaml_str)


class Record(types.SimpleNamespace):
    def to_dict(self):
        return self.__dict__


class Stacks(object):
    """Every deployment is in a stack of its own, that in a parent stack, that in a grandparent stack."""

    def __init__(self, request):
        self.request = request

    def get(self, name, resolve_outputs=True):
        if resolve_outputs:
            outputs = self.request['outputs'].items()
            return Record(outputs=[{'output_key': k, 'output_value': v} for k, v in outputs])
        level, index = name.split('-')
        return Record(parent={'own': 'parent-', 'parent': 'grandparent-'}[level] + index)

    def environment(self, name):
        return {'parameter_defaults': self.request.get('parameter_defaults', {})}


class Resources(object):
    def __init__(self, request):
        self.deployments = request.get('deployments', [])

    def list(self, stack, nested_depth=0, filters=None, with_detail=False):
        if 'name' in filters:
            return [self.deployment(index, one) for index, one in enumerate(self.deployments)]
        one = self.deployments[int(stack.split('-')[1])]
        return [Record(resource_name=one['grandparent_resource'])]

    def deployment(self, index, one):
        value = {'server': one['server'], 'name': one.get('name'), 'deployment': 'own/own-%d' % index}
        if one.get('config') is None:
            value['deployment'] = 'TripleOSoftwareDeployment'
        return Record(attributes={'value': value}, parent_resource=one.get('parent_resource'),
                      physical_resource_id=one['physical_resource_id'], creation_time='%09d' % index, links=[])

    def get(self, stack, name):
        return Record(physical_resource_id=stack)


class SoftwareConfigs(object):
    def __init__(self, request):
        self.request = request

    def get(self, identifier):
        if identifier.startswith('own-'):
            return Record(**self.request['deployments'][int(identifier.split('-')[1])]['config'])
        return Record(config=self.request.get('network_configs', {}).get(identifier, ''))


def client(request):
    deployments = Record(get=lambda identifier: Record(config_id=identifier))
    return Record(stacks=Stacks(request), resources=Resources(request), software_deployments=deployments,
                  software_configs=SoftwareConfigs(request))


def write(checkout, directory, request):
    sys.path.insert(0, checkout)
    sys.executable = request['python']
    # It wants GitPython, for a history that the undercloud's installer does not keep.
    sys.modules['tripleo_common.utils.safe_import'] = types.SimpleNamespace(git=None)
    from tripleo_common import inventory
    from tripleo_common.utils import config
    heat = client(request)
    writer = config.Config(heat)
    role_vars = {'ansible_connection': 'local'}
    # As tripleoclient's _download_ansible_playbooks does in each release.
    if hasattr(writer, 'write_config'):
        writer.write_config(writer.fetch_config(request['stack']), request['stack'], directory)
        role_vars['ansible_python_interpreter'] = request['python']
    else:
        directory = writer.download_config(request['stack'], directory)
    hosts = inventory.TripleoInventory(hclient=heat, plan_name=request['stack'], ansible_ssh_user='root')
    hosts.write_static_inventory(os.path.join(directory, 'inventory.yaml'), {request['role']: role_vars})
    return directory


def strings(request):
    outputs = request['outputs']
    yield from (v for v in (outputs.get('RoleConfig') or {}).values() if isinstance(v, str))
    yield from (role['step_config'] for role in outputs['RoleData'].values() if 'step_config' in role)
    yield from request.get('network_configs', {}).values()


def content(path, known):
    if os.path.basename(path) in OWN:
        return {'own': True}
    with open(path) as file:
        text = file.read()
    return {'text': text} if text in known else {'value': yaml.load(text, Loader=Loader)}


def main():
    warnings.simplefilter('ignore')
    request = json.load(sys.stdin)
    known = set(strings(request))
    directory = write(sys.argv[1], sys.argv[2], request)
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(directory) for name in names]
    answer = {os.path.relpath(path, directory): content(path, known) for path in sorted(paths)}
    json.dump(answer, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write('\n')


if __name__ == '__main__':
    main()
