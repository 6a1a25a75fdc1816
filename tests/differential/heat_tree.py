"""Lets Heat itself resolve a whole tree of templates, as the TripleO client asks for it, and writes the root stack's outputs.

    /usr/bin/python3 heat_tree.py INPUTS.json [--outputs FILE] [--random FILE] [--figures] [--mask]
    /usr/bin/python3 heat_tree.py --compare EXPECTED ACTUAL [--random FILE ...]

INPUTS.json (paths: absolute, or relative to the tree; "-" reads it from standard input):
    {"templates": DIRECTORY, "environments": [FILE, ...], "stack": NAME,
     "roles": FILE, "networks": FILE,   both absent: the tree is rendered already; else a copy of it is rendered by its own
                                        tools/process-templates.py
     "root": "overcloud.yaml", "parameters": {...}, "work": DIRECTORY for the copy, kept}

What is real: jinja2, heatclient's merging of environments and collecting of files, the Heat engine with the limits tripleoclient sets
(not convergent, nested stacks created by a direct call, sqlite in memory, no sleeps). What is not: Keystone is Heat's own fake one; a
resource that needs another live service stands for itself (heat_tree_plugins.py says how).

What no two runs have in common, and how --mask and --compare replace it:
    anything shaped like a UUID                                       -> UUID
    a generated name's end: "-" and 12 of a-z2-7 that Heat made       -> -SHORTID
    a random string or password that Heat made (--random lists them)  -> RANDOM
"""
import argparse
import contextlib
import gzip
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

import heat_tree_random as chance


class Figures(object):
    """Wall clock and CPU seconds of each phase (children included), and the peak of resident memory."""

    def __init__(self):
        self.phases = {}

    @contextlib.contextmanager
    def phase(self, name):
        wall, cpu = time.monotonic(), self._cpu()
        yield
        self.phases[name] = {'wall_s': round(time.monotonic() - wall, 3), 'cpu_s': round(self._cpu() - cpu, 3)}

    @staticmethod
    def _cpu():
        return sum(used.ru_utime + used.ru_stime
                   for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))

    def total(self):
        return {'phases': self.phases,
                'wall_s': round(sum(one['wall_s'] for one in self.phases.values()), 3),
                'cpu_s': round(self._cpu(), 3),
                'peak_rss_mib': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def render(inputs, tree):
    """A copy of the tree, rendered the way the client renders it."""
    source, copy = (os.path.join(os.path.realpath(path), '') for path in (inputs['templates'], tree))
    if source.startswith(copy) or copy.startswith(source):
        raise ValueError('the copy (%s) must lie outside of the tree' % tree)
    if os.path.exists(os.path.join(tree, 'tools', 'process-templates.py')):
        shutil.rmtree(tree)
    shutil.copytree(inputs['templates'], tree, symlinks=True, ignore=shutil.ignore_patterns('.git'))
    command = [sys.executable, 'tools/process-templates.py']
    for option, name in (('--roles-data', 'roles'), ('--network-data', 'networks')):
        if inputs.get(name):
            command += [option, inputs[name]]
    subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)
    return tree


def collect(tree, inputs):
    """What the client sends: the template, the files by their URLs, the environment."""
    from heatclient.common import template_utils
    from oslo_serialization import jsonutils
    paths = [os.path.join(tree, path) for path in inputs['environments']]
    env_files, environment = template_utils.process_multiple_environments_and_files(env_paths=paths)
    files, template = template_utils.get_template_contents(template_file=os.path.join(tree, inputs.get('root', 'overcloud.yaml')))
    environment.setdefault('parameters', {}).update(inputs.get('parameters') or {})
    # On its way to the engine all of it becomes JSON: the contents of files, bytes until then, become text.
    return json.loads(jsonutils.dumps([template, dict(files, **env_files), environment]))


def answer(inputs, figures):
    """Outputs, errors of single outputs, and the random values that Heat made."""
    with contextlib.ExitStack() as cleanup:
        tree = inputs['templates']
        if inputs.get('roles') or inputs.get('networks'):
            work = inputs.get('work') or os.path.join(cleanup.enter_context(tempfile.TemporaryDirectory()), 'tree')
            with figures.phase('render'):
                tree = render(inputs, work)
        with figures.phase('collect'):
            request = collect(os.path.abspath(tree), inputs)
    with figures.phase('prepare'):
        import heat_tree_engine as engine
        made = chance.Made()
        engine.prepare(made)
    with figures.phase('create'):
        stack = engine.create(inputs['stack'], *request)
    with figures.phase('outputs'):
        outputs, errors = engine.outputs(stack)
    return {'outputs': outputs, 'errors': errors, 'random': made.lists(), 'counts': engine.counts(stack, request[1])}


def write(path, value):
    with open(path, 'w') as file:
        json.dump(value, file, indent=1, sort_keys=True)
        file.write('\n')


def read(path):
    opener = gzip.open if path.endswith('.gz') else io.open
    with opener(path, 'rt', encoding='utf-8') as file:
        return json.load(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('inputs', nargs='?')
    parser.add_argument('--outputs')
    parser.add_argument('--random', action='append', default=[])
    parser.add_argument('--figures', action='store_true')
    parser.add_argument('--mask', action='store_true')
    parser.add_argument('--compare', nargs=2)
    options = parser.parse_args()
    if options.compare:
        made = [read(path) for path in options.random]
        differences = chance.differences(*(chance.mask(read(path), made) for path in options.compare))
        print('\n'.join(differences) or 'equal')
        return 1 if differences else 0
    with (sys.stdin if options.inputs == '-' else open(options.inputs)) as file:
        inputs = json.load(file)
    figures = Figures()
    answers, sys.stdout = sys.stdout, sys.stderr
    try:
        found = answer(inputs, figures)
    except Exception as error:
        traceback.print_exc()
        print('heat_tree: %s: %s' % (type(error).__name__, error), file=sys.stderr)
        return 1
    outputs = chance.mask(found['outputs'], [found['random']]) if options.mask else found['outputs']
    if options.outputs:
        write(options.outputs, outputs)
    else:
        json.dump(outputs, answers, sort_keys=True)
    for path in options.random:
        write(path, found['random'])
    if options.figures:
        print(json.dumps(dict(figures.total(), **found['counts'])), file=sys.stderr if not options.outputs else answers)
    for name, error in found['errors'].items():
        print('output %s: %s' % (name, error), file=sys.stderr)
    return 2 if found['errors'] else 0


if __name__ == '__main__':
    sys.exit(main())
