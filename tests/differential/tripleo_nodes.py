# What tripleo-common makes of files of nodes: whether it refuses them, what it would create in Ironic, and what it knows each controller by.
# In: a JSON list of lists of nodes. Out: for each {"refused", "nodes": [{"create", "ports", "controller"}]}. Argument: a checkout of tripleo-common.
import copy
import json
import logging
import sys
import types

sys.dont_write_bytecode = True
for name in ("ironicclient", "ironicclient.exceptions", "pbr", "pbr.version", "tripleo_common.utils.glance"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["ironicclient"].exceptions = sys.modules["ironicclient.exceptions"]
sys.modules["pbr"].version = sys.modules["pbr.version"]
sys.modules["pbr.version"].VersionInfo = str
sys.path.insert(0, sys.argv[1])
logging.disable(logging.CRITICAL)
from tripleo_common import utils  # noqa: E402

utils.glance = sys.modules["tripleo_common.utils.glance"]
from tripleo_common import exception  # noqa: E402
from tripleo_common.utils import nodes  # noqa: E402


class Client:
    """Takes down what would be created."""

    def __init__(self):
        self.node = self.port = self
        self.made = []
        self.ports = []

    def create(self, **fields):
        (self.ports if "address" in fields else self.made).append(fields)
        return types.SimpleNamespace(uuid="u")

    def validate(self, uuid):
        return types.SimpleNamespace(power={"result": True})


def registered(node):
    client = Client()
    controller = nodes._find_node_handler(node).unique_id_from_fields(dict(node))
    nodes.register_ironic_node(node, client)
    for port in client.ports:
        del port["node_uuid"]
    return {"create": client.made[0], "ports": client.ports, "controller": controller}


def answer(case):
    # This key is taken out only after the validation that does not know it.
    made = nodes.convert_nodes_json_mac_to_ports(copy.deepcopy(case))
    try:
        nodes.validate_nodes(copy.deepcopy(made))
    except exception.InvalidNode:
        return {"refused": True}
    for node in made:
        node.pop("_comment", None)
    return {"refused": False, "nodes": [registered(node) for node in made]}


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout, indent=1, sort_keys=True)
