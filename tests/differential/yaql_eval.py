"""Evaluates YAQL expressions as Heat does: reads a JSON list of {yaql, data}, writes a list of {value} or {error}."""
import datetime
import json
import sys

import yaql

LIMITS = {'yaql.limitIterators': 9000, 'yaql.memoryQuota': 900000}


class Unordered(list):
    """The items of a set, whose order means nothing."""


def plain(value):
    """A value as JSON knows it; what JSON has no word for by the rule YaqlEngine states."""
    if isinstance(value, dict):
        return {json.loads(json.dumps({key: 0})).popitem()[0]: plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return {'$set': [plain(item) for item in value]}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.timedelta)):
        return str(value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float('inf') else {'$float': repr(value)}
    raise TypeError('%s is no data' % type(value))


def answer(engine, context, case):
    try:
        value = engine(case['yaql']).evaluate(case['data'], context.create_child_context())
        result = {'value': plain(value)}
        json.dumps(result).encode()
        return result
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        return {'error': '%s: %s' % (type(error).__name__, error)}


def main():
    engine = yaql.YaqlFactory().create(LIMITS)
    context = yaql.create_context()
    json.dump([answer(engine, context, case) for case in json.load(sys.stdin)], sys.stdout)


main()
