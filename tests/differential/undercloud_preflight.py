"""Records what instack-undercloud and python-tripleoclient refuse, for tests/corpus/config/preflight.jsonl.

usage: undercloud_preflight.py VALIDATOR ROCKY TRAIN COUNT > preflight.jsonl

VALIDATOR is instack_undercloud/validator.py of stable/queens; ROCKY and TRAIN are tripleoclient/v1/undercloud_preflight.py of those
releases. Their own functions run on COUNT configurations drawn at random, each with the same seed on every run; what they need of the
host is left out. A line of the output is one configuration and, by release, whether it was refused; null where the release has no
such options. Needs netaddr.
"""
import ast
import json
import logging
import random
import sys
import types

import netaddr

logging.disable(logging.CRITICAL)


class Refused(Exception):
    pass


class Options(dict):
    """oslo.config's ConfigOpts, as far as the functions use it."""

    __getattr__ = dict.__getitem__


def functions(path, names, **known):
    """The functions of a source file by name, with what they refer to given."""
    with open(path) as source:
        tree = ast.parse(source.read())
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in names]
    space = dict(known, netaddr=netaddr, FailedValidation=Refused, _=str, LOG=logging.getLogger())
    exec(compile(tree, path, 'exec'), space)
    return space


DEFAULTS = {
    'local_ip': '192.168.24.1/24', 'undercloud_public_host': '192.168.24.2', 'undercloud_admin_host': '192.168.24.3',
    'undercloud_hostname': None, 'undercloud_nameservers': [], 'undercloud_service_certificate': '',
    'generate_service_certificate': True, 'enable_routed_networks': False, 'subnets': ['ctlplane-subnet'],
    'local_subnet': 'ctlplane-subnet', 'additional_architectures': [], 'ipxe_enabled': True,
}
SUBNET = {
    'cidr': '192.168.24.0/24', 'dhcp_start': ['192.168.24.5'], 'dhcp_end': ['192.168.24.24'],
    'inspection_iprange': '192.168.24.100,192.168.24.120', 'gateway': '192.168.24.1', 'dns_nameservers': [],
}
REMOTE = {'cidr': None, 'dhcp_start': [], 'dhcp_end': [], 'inspection_iprange': None, 'gateway': None, 'dns_nameservers': []}


def address(draw, net):
    return '%s%d' % (net, draw.choice([0, 1, 2, 3, 5, 9, 20, 24, 60, 99, 100, 110, 120, 121, 254, 255]))


def configuration(draw):
    """Options of [DEFAULT] and of each section that the file sets: consistent ones with up to three changes."""
    nets = draw.choice([['192.168.24.'], ['10.0.0.'], ['fd00::'], ['192.168.24.', '10.0.1.'], ['10.0.0.', '10.0.1.', '10.0.2.'], ['fd00::', 'fd01::']])
    names = ['ctlplane-subnet', 'leaf1', 'leaf2'][:len(nets)]
    length = 64 if nets[0].startswith('fd') else 24
    top, sections = {}, {}
    if nets[0] != '192.168.24.':
        top = {'local_ip': '%s1/%d' % (nets[0], length), 'undercloud_public_host': nets[0] + '2', 'undercloud_admin_host': nets[0] + '3'}
    if len(names) > 1:
        top.update(subnets=names, enable_routed_networks=True)
    for name, net in zip(names, nets):
        sections[name] = {
            'cidr': '%s%s/%d' % (net, '' if length == 64 else '0', length), 'dhcp_start': [net + '5'], 'dhcp_end': [net + '24'],
            'inspection_iprange': '%s60,%s90' % (net, net), 'gateway': net + '1',
        }
    for _ in range(draw.randrange(4)):
        change(draw, top, sections, nets + ['172.16.0.', 'fd09::'])
    return top, sections


def change(draw, top, sections, nets):
    net = draw.choice(nets[:1] * 3 + nets)
    section = sections[draw.choice(sorted(sections))]
    kind = draw.randrange(14)
    if kind == 0:
        top['local_ip'] = '%s/%d' % (address(draw, net), draw.choice([0, 16, 24, 24, 25, 32, 64, 64]))
    elif kind == 1:
        top[draw.choice(['undercloud_public_host', 'undercloud_admin_host'])] = draw.choice([address(draw, net), 'cloud.example.org'])
    elif kind == 2:
        top['undercloud_nameservers'] = [address(draw, draw.choice(nets)), 'dns.example.org'][:draw.choice([1, 1, 1, 2])]
    elif kind == 3:
        top['undercloud_hostname'] = draw.choice(['undercloud', 'undercloud.example.org'])
    elif kind == 4:
        top['enable_routed_networks'] = draw.choice([True, False])
    elif kind == 5:
        top.update(additional_architectures=draw.choice([['ppc64le'], ['s390x']]), ipxe_enabled=draw.choice([True, False]))
    elif kind == 6:
        top['generate_service_certificate'] = draw.choice([True, False])
    elif kind == 7:
        section['gateway'] = address(draw, net)
    elif kind == 8:
        section[draw.choice(['dhcp_start', 'dhcp_end'])] = [address(draw, net)]
    elif kind == 9:
        section['dhcp_start'] = [address(draw, net), address(draw, net)]
        section['dhcp_end'] = [address(draw, net), address(draw, net)][:draw.choice([1, 2, 2])]
    elif kind == 10:
        section['inspection_iprange'] = '%s,%s' % (address(draw, net), address(draw, net))
    elif kind == 11:
        section['dns_nameservers'] = [address(draw, draw.choice(nets))]
    elif kind == 12:
        section['cidr'] = '%s%s/%d' % (net, '' if ':' in net else '0', draw.choice([16, 24, 25, 32, 64]))
    elif len(section) > 1:
        del section[draw.choice(sorted(section))]


def text(top, sections):
    def line(name, value):
        return '%s = %s\n' % (name, ', '.join(value) if isinstance(value, list) else str(value))
    groups = dict({'DEFAULT': top}, **sections)
    return ''.join('[%s]\n%s' % (name, ''.join(line(*option) for option in options.items())) for name, options in groups.items())


def effective(top, sections, shared):
    """What oslo.config gives. With shared, every section has the local one's defaults, as before stein."""
    conf = Options(DEFAULTS, **top)
    for name in conf['subnets']:
        base = SUBNET if shared or name == conf['local_subnet'] else REMOTE
        conf[name] = Options(base, **sections.get(name, {}))
    return conf


def single(conf):
    """The options of releases whose DHCP has one range."""
    conf = Options(conf)
    for name in conf['subnets']:
        subnet = Options(conf[name])
        if len(subnet['dhcp_start']) != 1 or len(subnet['dhcp_end']) != 1:
            return None
        subnet.update(dhcp_start=subnet['dhcp_start'][0], dhcp_end=subnet['dhcp_end'][0])
        conf[name] = subnet
    return conf


def refused(check):
    try:
        check()
    except Exception:
        return True
    return False


def instack(path, conf):
    def fail(message):
        raise Refused(message)
    with open(path) as source:
        defined = {node.name for node in ast.parse(source.read()).body if isinstance(node, ast.FunctionDef)}
    six = types.SimpleNamespace(viewvalues=lambda values: values.values())
    validator = functions(path, defined, six=six, SUPPORTED_ARCHITECTURES=['ppc64le'])
    validator['_validate_interface_exists'] = lambda *_: None
    params = Options({name: value for name, value in conf.items() if name not in conf['subnets']}, enable_ui=False, net_config_override='')
    if len(conf['subnets']) > 1 and not conf['enable_routed_networks']:
        fail('routed networks')
    validator['validate_config'](dict(params, **conf[conf['local_subnet']]), fail)
    cidrs = []
    for name in conf['subnets']:
        cidr = netaddr.IPNetwork(conf[name]['cidr'])
        if any(cidr in other or other in cidr for other in cidrs):
            fail('overlap')
        cidrs.append(cidr)
        validator['validate_subnet'](name, dict(conf[name]), fail)
    validator['_validate_additional_architectures'](params, fail)
    validator['_validate_ppc64le_exclusive_opts'](params, fail)


def client(path, conf, later):
    constants = types.SimpleNamespace(
        ADDITIONAL_ARCHITECTURES=['ppc64le'], CTLPLANE_CIDR_DEFAULT=SUBNET['cidr'],
        CTLPLANE_DHCP_START_DEFAULT=SUBNET['dhcp_start'], CTLPLANE_DHCP_END_DEFAULT=SUBNET['dhcp_end'])
    check = functions(path, {
        '_validate_value_formats', '_check_routed_networks_enabled_if_multiple_subnets_defined', '_validate_in_cidr',
        '_validate_dhcp_range', '_validate_inspection_range', '_validate_no_overlap', '_validate_ips', '_validate_architecure_options',
        '_check_all_or_no_subnets_use_dns_nameservers', '_validate_dnsnameservers'}, CONF=Options(conf, enable_ui=False), constants=constants)
    check['_validate_value_formats']()
    check['_check_routed_networks_enabled_if_multiple_subnets_defined']()
    if later:
        check['_check_all_or_no_subnets_use_dns_nameservers']()
    for name in conf['subnets']:
        subnet = conf[name]
        check['_validate_in_cidr'](subnet, name)
        check['_validate_dhcp_range'](subnet, name) if later else check['_validate_dhcp_range'](subnet)
        check['_validate_inspection_range'](subnet)
        check['_validate_dnsnameservers'](subnet) if later else check['_validate_no_overlap'](subnet)
    check['_validate_ips']()
    check['_validate_architecure_options']()


def main(validator, rocky, train, count):
    draw = random.Random(24)
    for _ in range(int(count)):
        top, sections = configuration(draw)
        old = single(effective(top, sections, shared=True))
        new = effective(top, sections, shared=False)
        if any('dns_nameservers' in section for section in sections.values()):
            old = None
        print(json.dumps({
            'file': text(top, sections),
            'instack': old and refused(lambda: instack(validator, old)),
            'rocky': old and refused(lambda: client(rocky, old, later=False)),
            # A slip in its test of lengths refuses every list of two and more.
            'train': None if any(len(new[name]['dhcp_start']) > 1 for name in new['subnets'])
                     else refused(lambda: client(train, new, later=True)),
        }))


main(*sys.argv[1:])
