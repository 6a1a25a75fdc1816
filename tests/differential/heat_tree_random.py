"""What Heat makes at random: noted as it is made, masked for a comparison."""
import json
import re

UUID = re.compile(r'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')


class Made(object):
    """The random values of one run."""

    def __init__(self):
        self.passwords = []
        self.short_ids = []
        self.stack_ids = []

    def watch(self, module, function, values):
        original = getattr(module, function)

        def noting(*args, **kwargs):
            value = original(*args, **kwargs)
            values.append(value)
            return value
        setattr(module, function, noting)

    def lists(self):
        return {'passwords': self.passwords, 'short_ids': sorted(set(self.short_ids)), 'stack_ids': self.stack_ids}


def mask(value, made):
    """The value as JSON text reads it, with everything random replaced (as heat_tree.py states)."""
    words = {word: 'RANDOM' for run in made for word in run['passwords']}
    words.update(('-' + word, '-SHORTID') for run in made for word in run['short_ids'])
    known = re.compile('|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))) if words else None

    def masked(text):
        return known.sub(lambda found: words[found.group()], UUID.sub('UUID', text)) if known else UUID.sub('UUID', text)

    def walk(item):
        if isinstance(item, str):
            return masked(item)
        if isinstance(item, dict):
            return {masked(key): walk(one) for key, one in item.items()}
        return [walk(one) for one in item] if isinstance(item, list) else item
    return walk(json.loads(json.dumps(value)))


def differences(expected, actual, path=''):
    """Where two values differ, one line each; an order of keys does not count, an order of items does, and 1 is not true."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [line for key in sorted(set(expected) | set(actual))
                for line in (['%s/%s: only in %s' % (path, key, 'expected' if key in expected else 'actual')]
                             if (key in expected) != (key in actual)
                             else differences(expected[key], actual[key], '%s/%s' % (path, key)))]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [line for index, pair in enumerate(zip(expected, actual)) for line in differences(*pair, '%s/%d' % (path, index))]
    if type(expected) is type(actual) and expected == actual:
        return []
    return ['%s: %s | %s' % (path, around(expected, actual), around(actual, expected))]


def around(value, other):
    """The value's JSON from shortly before the first character in which it is not the other's."""
    texts = [json.dumps(one, sort_keys=True) for one in (value, other)]
    same = next((at for at, pair in enumerate(zip(*texts)) if pair[0] != pair[1]), min(map(len, texts)))
    return texts[0][max(0, same - 40):same + 120]
