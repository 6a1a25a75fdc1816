"""Reads a JSON list of cases, writes a JSON list of what oslo.config makes of them.

A case is a list of texts: the first is read with --config-file, the others are the files of a --config-dir.
"""
import json
import os
import shutil
import sys
import tempfile

from oslo_config import cfg
from oslo_config import types

cfg.LOG.disabled = True
OPTIONS = [
    cfg.StrOpt('a'),
    cfg.StrOpt('b', default='bee'),
    cfg.ListOpt('l', default=['x', "y'z"]),
    cfg.BoolOpt('t'),
    cfg.IntOpt('i', min=-1000, max=1000),
    cfg.StrOpt('n', deprecated_name='old_n'),
    cfg.ListOpt('d', item_type=types.Dict(bounds=True), bounds=True),
    cfg.StrOpt('k', choices=['one', 'two']),
    cfg.MultiStrOpt('m'),
]
GROUP = [
    cfg.StrOpt('x'),
    cfg.StrOpt('a'),
    cfg.StrOpt('c', deprecated_opts=[cfg.DeprecatedOpt('flat_c', group='DEFAULT'), cfg.DeprecatedOpt('c', group='DEFAULT')]),
]


def write(path, text):
    with open(path, 'w', encoding='utf-8', newline='') as stream:
        stream.write(text)


def read(get):
    try:
        return {'value': get()}
    except Exception:
        return 'error'


def case(texts, directory):
    shutil.rmtree(directory)
    os.makedirs(os.path.join(directory, 'd'))
    paths = [os.path.join(directory, 'main.conf')]
    paths += [os.path.join(directory, 'd', '%03d.conf' % i) for i in range(1, len(texts))]
    raw = []
    for i, (path, text) in enumerate(zip(paths, texts)):
        write(path, text)
        sections = {}
        try:
            cfg.ConfigParser(path, sections).parse()
        except cfg.iniparser.ParseError as error:
            return {'file': i, 'line': error.lineno, 'section': 'Section must' in str(error)}
        raw.append(sections)
    conf = cfg.ConfigOpts()
    conf.register_opts(OPTIONS)
    conf.register_opts(GROUP, group='g')
    conf(['--config-file', paths[0], '--config-dir', os.path.join(directory, 'd')], project='none')
    values = {option.dest: read(lambda: conf[option.dest]) for option in OPTIONS}
    values.update({'g.' + option.dest: read(lambda: conf.g[option.dest]) for option in GROUP})
    return {'raw': raw, 'values': values}


directory = tempfile.mkdtemp()
json.dump([case(texts, directory) for texts in json.load(sys.stdin)], sys.stdout)
shutil.rmtree(directory)
