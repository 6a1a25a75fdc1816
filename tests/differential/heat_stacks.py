"""Lets Heat itself resolve many small trees of templates, one after the other in this process.

Reads a JSON list of {"files": {PATH: TEXT}, "root": PATH, "environments": [PATH, ...], "parameters": {...}}, each written to a directory
and collected from there as the client collects it; writes a JSON list of {"outputs": {...}} or {"error": "..."}: a stack that is
refused or fails, or an output that does. What Heat makes at random is masked as heat_tree.py states it, random strings from eight
characters on.
"""
import json
import os
import sys
import tempfile

import heat_tree_engine as engine
import heat_tree
import heat_tree_random as chance

SHORTEST = 8


def write(tree, files):
    for path, text in files.items():
        place = os.path.join(tree, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, 'w', newline='') as file:
            file.write(text)


def answer(case, made, project):
    for known in (made.passwords, made.short_ids, made.stack_ids):
        known.clear()
    with tempfile.TemporaryDirectory() as tree:
        try:
            write(tree, case['files'])
            stack = engine.create('undercloud', *heat_tree.collect(tree, case), project)
            values, errors = engine.outputs(stack)
        except Exception as error:
            return {'error': '%s: %s' % (type(error).__name__, error)}
    if errors:
        return {'error': json.dumps(errors)}
    random = made.lists()
    random['passwords'] = [word for word in random['passwords'] if len(word) >= SHORTEST]
    # Names of stacks are unique in a project; so each case has its own, which is not to be seen.
    return {'outputs': json.loads(json.dumps(chance.mask(values, [random])).replace(project, 'admin'))}


def main():
    cases = json.load(sys.stdin)
    answers, sys.stdout = sys.stdout, sys.stderr
    made = chance.Made()
    engine.prepare(made)
    json.dump([answer(case, made, 'project-%d-' % number) for number, case in enumerate(cases)], answers)


if __name__ == '__main__':
    main()
