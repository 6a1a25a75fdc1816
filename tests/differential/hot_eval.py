"""Lets Heat evaluate HOT snippets and yaql YAQL expressions: reads one JSON request a line, writes one JSON reply a line.

Requests are those of `undercloud template eval --batch`. A reply is {"result": ...} or {"error": "..."}.
"""
import json
import logging
import sys
import warnings

warnings.simplefilter('ignore')
logging.disable(logging.CRITICAL)

from oslo_config import cfg  # noqa: E402

from heat.common import identifier  # noqa: E402
from heat.engine import constraints  # noqa: E402
from heat.engine import environment  # noqa: E402
from heat.engine import function  # noqa: E402
from heat.engine import resources  # noqa: E402
from heat.engine import stk_defn  # noqa: E402
from heat.engine import template  # noqa: E402

PSEUDO = ('OS::stack_name', 'OS::stack_id', 'OS::project_id')


def declared_type(value):
    if isinstance(value, bool):
        return 'boolean'
    if isinstance(value, (int, float)):
        return 'number'
    return 'json' if isinstance(value, (list, dict)) else 'string'


def part(request, name):
    value = request.get(name)
    return {} if value is None else value


def evaluate_hot(request):
    given = part(request, 'parameters')
    own = {name: value for name, value in given.items() if name not in PSEUDO}
    schema = request.get('schema')
    if schema is None:
        schema = {name: {'type': declared_type(value)} for name, value in own.items()}
    described = {'heat_template_version': request.get('version'), 'parameters': schema}
    described['conditions'] = part(request, 'conditions')
    env = environment.Environment({'parameters': own, 'parameter_defaults': part(request, 'parameter_defaults')})
    parsed = template.Template(described, files=part(request, 'files'), env=env)
    stack_id = identifier.HeatIdentifier(
        given.get('OS::project_id') or '', given.get('OS::stack_name') or '', given.get('OS::stack_id') or '')
    stack = stk_defn.StackDefinition(None, parsed, stack_id, {})
    stack.parameters.validate(validate_value=True)
    conditions = parsed.conditions(stack)
    conditions.validate()
    for name in list(conditions._conditions):
        conditions.is_enabled(name)
    snippet = parsed.parse(stack, request['hot'])
    function.validate(snippet)
    return function.resolve(snippet)


def evaluate_yaql(request):
    import yaql
    engine = yaql.YaqlFactory().create({'yaql.limitIterators': 200, 'yaql.memoryQuota': 10000})
    return engine(request['yaql']).evaluate(request.get('data'), yaql.create_context())


def answer(line):
    try:
        request = json.loads(line)
        return {'result': evaluate_hot(request) if 'hot' in request else evaluate_yaql(request)}
    except Exception as error:
        return {'error': '%s: %s' % (type(error).__name__, str(error)[:300])}


def main():
    replies, sys.stdout = sys.stdout, sys.stderr
    cfg.CONF([], project='heat', default_config_files=[])
    resources.initialise()
    # Custom constraints ask a cloud, and there is none.
    constraints.CustomConstraint._is_valid = lambda self, value, schema, context: True
    for line in sys.stdin:
        reply = answer(line)
        try:
            text = json.dumps(reply)
        except (TypeError, ValueError) as error:
            text = json.dumps({'error': str(error)})
        replies.write(text + '\n')
        replies.flush()


main()
