"""Renders the Jinja2 files of a tree of Heat templates, as the tree's own tools/process-templates.py does, without writing any.

Arguments: the tree's root, the roles file, the networks file. Writes one JSON object: "files" (path in the tree -> text), "errors"
(file, line, message), "outside" (included files whose names do not say that they are templates).
"""
import json
import os
import sys
import traceback

import jinja2
import yaml

Loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)


class Error(Exception):
    def __init__(self, path, line, message):
        self.row = {'file': path, 'line': line, 'message': message}


def read(path):
    with open(path, encoding='utf-8') as source:
        return source.read()


def load_yaml(path):
    try:
        return yaml.load(read(path), Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise Error(path, 0, 'This file cannot be read: %s' % error)
    except yaml.YAMLError as error:
        mark = getattr(error, 'problem_mark', None)
        raise Error(path, mark.line + 1 if mark else 0, 'This is not YAML: %s' % getattr(error, 'problem', error))


def load(path, kind):
    data = load_yaml(path)
    if data is None and kind == 'network':
        return []
    if not isinstance(data, list) or not all(isinstance(one, dict) and isinstance(one.get('name'), str) for one in data):
        raise Error(path, 1, 'This must be a list of %ss, each a map with a name' % kind)
    return data


class Includes(jinja2.BaseLoader):
    """Finds included files beside the file that is rendered, then below the root."""

    def __init__(self, root, directory, outside):
        self.bases = [directory, root]
        self.outside = outside

    def get_source(self, environment, template):
        for base in self.bases:
            path = os.path.join(base, template)
            if os.path.isfile(path):
                if '.j2' not in os.path.basename(path):
                    self.outside.append(path)
                return read(path), path, None
        raise jinja2.TemplateNotFound(template)


class Tree(object):
    def __init__(self, root, roles, networks):
        self.root = root
        self.roles = load(roles, 'role')
        self.networks = load(networks, 'network')
        self.environments = {}
        self.files = {}
        self.errors = []
        self.outside = []
        self.adapt()
        self.enabled = {}
        for network in self.networks:
            if network.get('enabled') is not False:
                if not network.get('name_lower'):
                    network['name_lower'] = network['name'].lower()
                self.enabled[network['name']] = network
        excluded = os.path.join(root, 'j2_excludes.yaml')
        names = (load_yaml(excluded) or {}).get('name') if os.path.exists(excluded) else None
        self.excluded = set(str(name) for name in names or [])

    def adapt(self):
        """What releases' own tools add to the data; the tool in the tree says which of it."""
        tool = os.path.join(self.root, 'tools', 'process-templates.py')
        text = read(tool) if os.path.exists(tool) else ''
        self.constraints = "'disable_constraints'" in text
        if "'idx'" in text:
            for index, network in enumerate(self.networks):
                network['idx'] = index
        if '_set_tags_based_on_role_name' not in text:
            return
        for role in self.roles:
            tags = role['tags'] = role.get('tags', [])
            name = role['name']
            for prefixes, tag in ((('Compute', 'HciCeph', 'DistributedCompute'), 'compute'), (('Ceph',), 'ceph'),
                                  (('ComputeOvsDpdk',), 'ovsdpdk'), (('ObjectStorage', 'BlockStorage', 'Ceph'), 'storage')):
                if name.startswith(prefixes) and tag not in tags:
                    tags.append(tag)

    def render(self, source, text, target, data):
        if target in self.excluded:
            return
        directory = os.path.join(self.root, os.path.dirname(source))
        environment = self.environments.get(directory)
        if environment is None:
            environment = self.environments[directory] = jinja2.Environment(loader=Includes(self.root, directory, self.outside))
        try:
            self.files[target] = environment.from_string(text).render(**data)
        except jinja2.TemplateSyntaxError as error:
            self.fail(error.filename or source, error.lineno, error.message)
        except jinja2.TemplateNotFound as error:
            self.fail(source, 0, "there is no file '%s' to include" % error.name)
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == '<template>' or frame.filename.startswith(self.root)]
            place = frames[-1] if frames else None
            path = source if place is None or place.filename == '<template>' else place.filename
            self.fail(path, place.lineno if place else 0, '%s: %s' % (type(error).__name__, error))

    def fail(self, path, line, message):
        self.errors.append({'file': path, 'line': line, 'message': 'This Jinja2 template fails: %s' % message})

    def role_files(self, source, text):
        directory, name = os.path.split(source)
        for role in self.roles:
            lower = role['name'].lower()
            target = '%s-%s' % (lower, name.replace('.role.j2.yaml', '.yaml'))
            if 'network/config' in source:
                target = role.get('deprecated_nic_config_name') or '%s.yaml' % lower
            data = {'role': role if '{{role.name}}' in text else role['name'], 'networks': self.networks}
            if self.constraints and '{{role.name}}' not in text and role.get('disable_constraints', False):
                data['disable_constraints'] = True
            self.render(source, text, os.path.join(directory, target), data)

    def network_files(self, source, text):
        directory, name = os.path.split(source)
        word = 'port' if directory.endswith('ports') else 'network'
        for network in self.enabled.values():
            target = name.replace('.network.j2.yaml', '.yaml').replace(word, network['name_lower'])
            self.render(source, text, os.path.join(directory, target), {'network': network})

    def walk(self):
        for directory, directories, names in os.walk(self.root):
            directories[:] = sorted(name for name in directories if name[0] != '.')
            for name in sorted(name for name in names if name[0] != '.' and name.endswith('.j2.yaml')):
                path = os.path.join(directory, name)
                source = os.path.relpath(path, self.root)
                try:
                    text = read(path)
                except (OSError, UnicodeDecodeError) as error:
                    self.fail(source, 0, 'it cannot be read: %s' % error)
                    continue
                if name.endswith('.role.j2.yaml'):
                    self.role_files(source, text)
                elif name.endswith('.network.j2.yaml'):
                    self.network_files(source, text)
                else:
                    target = source[:-len('.j2.yaml')] + '.yaml'
                    self.render(source, text, target, {'roles': self.roles, 'networks': self.networks})


def main(root, roles, networks):
    try:
        tree = Tree(root, roles, networks)
        tree.walk()
        answer = {'files': tree.files, 'errors': tree.errors, 'outside': tree.outside}
    except Error as error:
        answer = {'files': {}, 'errors': [error.row], 'outside': []}
    json.dump(answer, sys.stdout, ensure_ascii=False)


main(*sys.argv[1:])
