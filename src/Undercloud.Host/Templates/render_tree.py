"""Renders the Jinja2 files of a tree of Heat templates, as the tree's own tools/process-templates.py does, without writing any.

Arguments: the tree's root, the roles file, the networks file; either may be '', and then only what uses it fails. Writes one JSON object:
"files" (path in the tree -> text), "failed" (path in the tree, or DIRECTORY/* for unknown names -> file, line, message, and in "needs" what
is missing), "errors" (what is wrong with all of it: file, line, message), "outside" (included files that no search of the tree for templates finds: another name, a hidden or linked directory).
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
    try:
        with open(path, encoding='utf-8') as source:
            return source.read()
    except (OSError, UnicodeDecodeError) as error:
        raise Error(path, 0, 'it cannot be read: %s' % error)


def load(path):
    try:
        return yaml.load(read(path), Loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, 'problem_mark', None)
        raise Error(path, mark.line + 1 if mark else 0, 'it is not YAML: %s' % (getattr(error, 'problem', None) or error))


def missing(kind):
    return 'there is no %s file' % kind


def named(path, kind, texts):
    """The list of roles or networks in a file, None without one; what makes names of files must be text."""
    if not path:
        return None
    data = load(path)
    if data is None and kind == 'network':
        return []
    if not isinstance(data, list) or not all(isinstance(one, dict) and isinstance(one.get('name'), str) for one in data):
        raise Error(path, 1, 'it must be a list of %ss, each a map with a name' % kind)
    for one in data:
        if not isinstance(one.get(texts) or '', str):
            raise Error(path, 0, "%s of the %s '%s' must be text" % (texts, kind, one['name']))
    return data


class Includes(jinja2.BaseLoader):
    """Finds included files beside the file that is rendered, then below the root."""

    def __init__(self, root, directory, outside):
        self.bases = [directory, root]
        self.outside = outside

    def get_source(self, environment, template):
        # As Jinja2 reads names of files: an absolute one starts at the base too, and none leads out of it.
        pieces = [piece for piece in template.split('/') if piece not in ('', '.')]
        if os.pardir not in pieces:
            for base in self.bases:
                path = os.path.join(base, *pieces)
                if os.path.isfile(path):
                    if '.j2' not in pieces[-1] or self.unsearched(path):
                        self.outside.append(path)
                    return read(path), path, None
        raise jinja2.TemplateNotFound(template)

    def unsearched(self, path):
        root = self.bases[-1]
        while path != root:
            if os.path.basename(path)[0] == '.' or os.path.islink(path) and os.path.isdir(path):
                return True
            path = os.path.dirname(path)
        return False


class Tree(object):
    def __init__(self, root, roles, networks):
        self.root = root
        self.roles = named(roles, 'role', 'deprecated_nic_config_name')
        self.networks = named(networks, 'network', 'name_lower')
        self.environments = {}
        self.files = {}
        self.failed = {}
        self.outside = []
        self.adapt()
        self.enabled = {}
        for network in self.networks or []:
            if network.get('enabled') is not False:
                if not network.get('name_lower'):
                    network['name_lower'] = network['name'].lower()
                self.enabled[network['name']] = network
        path = os.path.join(root, 'j2_excludes.yaml')
        excludes = (load(path) if os.path.exists(path) else None) or {}
        names = excludes.get('name') or [] if isinstance(excludes, dict) else None
        if not isinstance(names, list):
            raise Error(path, 1, "it must be a map with a list 'name'")
        self.excluded = set(str(name) for name in names)

    def adapt(self):
        """What releases' own tools add to the data; the tool in the tree says which of it."""
        tool = os.path.join(self.root, 'tools', 'process-templates.py')
        text = read(tool) if os.path.exists(tool) else ''
        self.constraints = "'disable_constraints'" in text
        if "'idx'" in text:
            for index, network in enumerate(self.networks or []):
                network['idx'] = index
        if '_set_tags_based_on_role_name' not in text:
            return
        for role in self.roles or []:
            tags = role['tags'] = role.get('tags', [])
            name = role['name']
            for prefixes, tag in ((('Compute', 'HciCeph', 'DistributedCompute'), 'compute'), (('Ceph',), 'ceph'),
                                  (('ComputeOvsDpdk',), 'ovsdpdk'), (('ObjectStorage', 'BlockStorage', 'Ceph'), 'storage')):
                if name.startswith(prefixes) and tag not in tags:
                    tags.append(tag)

    def render(self, source, text, target, data):
        directory = os.path.join(self.root, os.path.dirname(source))
        environment = self.environments.get(directory)
        if environment is None:
            environment = self.environments[directory] = jinja2.Environment(loader=Includes(self.root, directory, self.outside))
        try:
            self.files[target] = environment.from_string(text).render(**data)
        except jinja2.TemplateSyntaxError as error:
            self.failed[target] = {'file': error.filename or source, 'line': error.lineno, 'message': error.message}
        except Error as error:
            self.failed[target] = error.row
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == '<template>' or frame.filename.startswith(self.root)]
            place = frames[-1] if frames else None
            path = source if place is None or place.filename == '<template>' else place.filename
            message = ("there is no file '%s' to include" % error.name if isinstance(error, jinja2.TemplateNotFound)
                       else '%s: %s' % (type(error).__name__, error))
            self.failed[target] = {'file': path, 'line': place.lineno if place else 0, 'message': message}
            for kind in ('roles', 'networks'):
                if isinstance(error, jinja2.UndefinedError) and missing(kind) in str(error):
                    self.failed[target]['needs'] = kind

    @staticmethod
    def data(given, kind):
        """The roles or the networks; without them something that fails when it is used."""
        return jinja2.StrictUndefined(missing(kind)) if given is None else given

    def role_files(self, source, text):
        directory, name = os.path.split(source)
        if self.roles is None:
            self.failed[os.path.join(directory, '*')] = {'file': source, 'line': 0, 'message': missing('roles'), 'needs': 'roles'}
        for role in self.roles or []:
            lower = role['name'].lower()
            target = '%s-%s' % (lower, name.replace('.role.j2.yaml', '.yaml'))
            if 'network/config' in source:
                target = role.get('deprecated_nic_config_name') or '%s.yaml' % lower
            data = {'role': role if '{{role.name}}' in text else role['name'], 'networks': self.data(self.networks, 'networks')}
            if self.constraints and '{{role.name}}' not in text and role.get('disable_constraints', False):
                data['disable_constraints'] = True
            self.unless_excluded(source, text, os.path.join(directory, target), data)

    def network_files(self, source, text):
        directory, name = os.path.split(source)
        if self.networks is None:
            self.failed[os.path.join(directory, '*')] = {'file': source, 'line': 0, 'message': missing('networks'), 'needs': 'networks'}
        word = 'port' if directory.endswith('ports') else 'network'
        for network in self.enabled.values():
            target = name.replace('.network.j2.yaml', '.yaml').replace(word, network['name_lower'])
            self.unless_excluded(source, text, os.path.join(directory, target), {'network': network})

    def unless_excluded(self, source, text, target, data):
        """Excludes are for the files of roles and networks: all others are rendered whatever they say."""
        if target not in self.excluded:
            self.render(source, text, target, data)

    def walk(self):
        for directory, directories, names in os.walk(self.root):
            directories[:] = sorted(name for name in directories if name[0] != '.')
            for name in sorted(name for name in names if name[0] != '.' and name.endswith('.j2.yaml')):
                path = os.path.join(directory, name)
                source = os.path.relpath(path, self.root)
                try:
                    text = read(path)
                except Error as error:
                    known = not name.endswith(('.role.j2.yaml', '.network.j2.yaml'))
                    self.failed[source[:-len('.j2.yaml')] + '.yaml' if known else os.path.join(os.path.dirname(source), '*')] = error.row
                    continue
                if name.endswith('.role.j2.yaml'):
                    self.role_files(source, text)
                elif name.endswith('.network.j2.yaml'):
                    self.network_files(source, text)
                else:
                    target = source[:-len('.j2.yaml')] + '.yaml'
                    self.render(source, text, target, {
                        'roles': self.data(self.roles, 'roles'), 'networks': self.data(self.networks, 'networks')})


def main(root, roles, networks):
    try:
        tree = Tree(root, roles, networks)
        tree.walk()
        answer = {'files': tree.files, 'failed': tree.failed, 'errors': [], 'outside': tree.outside}
    except Error as error:
        answer = {'files': {}, 'failed': {}, 'errors': [error.row], 'outside': []}
    # In UTF-8 whatever the locale says; half a surrogate pair, which UTF-8 cannot say, becomes '?'.
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode('utf-8', 'replace'))


main(*sys.argv[1:])
