"""What python-tripleoclient makes of net_config_override's file, by its own code.

Arguments: a checkout of python-tripleoclient (train). Standard input: a JSON list of {"template", "options", "subnets"}; standard
output: a list of {"parameter": ...} or {"error": class}. The module itself needs much that is not installed, so only the statements
that concern the file are taken out of its syntax tree and run, with a stand-in for the configuration.
"""

import ast
import json
import os
import sys
import tempfile

from jinja2 import Environment, FileSystemLoader, meta

source = os.path.join(sys.argv[1], 'tripleoclient', 'v1', 'undercloud_config.py')
tree = ast.parse(open(source).read())


def mentions(node, text):
    return any(isinstance(n, ast.Constant) and n.value == text for n in ast.walk(node))


def runnable(nodes):
    return compile(ast.fix_missing_locations(ast.Module(body=nodes, type_ignores=[])), source, 'exec')


functions = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
wanted = ('_get_jinja_env_source', '_get_unknown_instack_tags', '_generate_subnets_static_routes')
mapping = [n for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == 'INSTACK_NETCONF_MAPPING']
prepare = next(n for n in functions if n.name == 'prepare_undercloud_deploy')
body = [n for n in prepare.body
        if isinstance(n, ast.If) and mentions(n.test, 'net_config_override') and mentions(n, 'UndercloudNetConfigOverride')]
assert len(body) == 1 and len(mapping) == 1, 'the code of net_config_override is not where it was'
code = runnable(mapping + [n for n in functions if n.name in wanted])
block = runnable(body)


class NoSuchOptError(Exception):
    pass


class Options(dict):
    """As cfg.CONF: items, get, attributes; a missing item is an error of its own."""

    def __missing__(self, name):
        raise NoSuchOptError(name)

    def __getattr__(self, name):
        return self[name]


class Stub:
    def __getattr__(self, name):
        return lambda *args, **kwargs: None


class DeploymentError(Exception):
    pass


def answer(case, path):
    with open(path, 'w', newline='') as template:
        template.write(case['template'])
    conf = Options(case['options'], net_config_override=path)
    conf.update({name: Options(subnet) for name, subnet in case['subnets'].items()})
    conf['subnets'] = list(case['subnets'])
    names = {
        'os': os, 'json': json, 'CONF': conf, 'LOG': Stub(), '_': lambda text: text, 'USER_HOME': '', 'meta': meta,
        'Environment': Environment, 'FileSystemLoader': FileSystemLoader,
        'cfg': type('cfg', (), {'NoSuchOptError': NoSuchOptError}),
        'exceptions': type('exceptions', (), {'DeploymentError': DeploymentError}),
    }
    exec(code, names)
    names['env_data'] = {
        'UndercloudLocalMtu': case['options']['local_mtu'],
        'ControlPlaneStaticRoutes': names['_generate_subnets_static_routes'](),
    }
    try:
        exec(block, names)
    except Exception as failure:
        return {'error': type(failure).__name__}
    return {'parameter': names['env_data']['UndercloudNetConfigOverride']}


with tempfile.TemporaryDirectory() as directory:
    json.dump([answer(case, os.path.join(directory, 'net.json')) for case in json.load(sys.stdin)], sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write('\n')
