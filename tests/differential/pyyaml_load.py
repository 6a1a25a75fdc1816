"""Reads a JSON list of YAML texts, writes a JSON list of what PyYAML's SafeLoader makes of them.

Timestamps stay strings, as in Heat; bytes and sets become the text Heat makes of them. A text it rejects gives {"error": ...}; one it reads gives {"value": ...}.
"""
import json
import math
import sys

import yaml


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor('tag:yaml.org,2002:timestamp', Loader.construct_yaml_str)


def plain(value):
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(k) if isinstance(k, bytes) else json.dumps(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {'$float': str(value)}
    if isinstance(value, (bytes, set)):
        return str(value)
    return value


def load(text):
    try:
        return {'value': plain(yaml.load(text, Loader=Loader))}
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return {'error': str(error)}


json.dump([load(text) for text in json.load(sys.stdin)], sys.stdout)
