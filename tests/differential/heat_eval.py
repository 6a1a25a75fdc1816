"""The Heat engine in this process: sqlite in memory, nested stacks made by a direct call instead of over RPC."""
import logging
import warnings

warnings.simplefilter('ignore')
logging.disable(logging.CRITICAL)

from oslo_config import cfg  # noqa: E402

from heat.common import messaging  # noqa: E402
from heat.common import policy  # noqa: E402
from heat.engine import api  # noqa: E402
from heat.engine import resources  # noqa: E402
from heat.engine import scheduler  # noqa: E402
from heat.engine import stack as stacks  # noqa: E402
from heat.engine import stk_defn  # noqa: E402
from heat.engine import template  # noqa: E402
from heat.engine.resources import stack_resource  # noqa: E402
from heat.engine.clients.os.keystone import fake_keystoneclient  # noqa: E402
from heat.engine.clients.os import keystone  # noqa: E402
from heat.rpc import api as rpc_api  # noqa: E402
from heat.tests import utils  # noqa: E402


MADE = {}


def refresh(stack):
    """Makes the attributes of resources known to outputs, as the engine does before it shows a stack."""
    for resource in stack._explicit_dependencies():
        stk_defn.update_resource_data(stack.defn, resource.name, resource.node_data(for_resources=False, for_outputs=True))


class DirectClient(object):
    """Stands for the RPC client: does at once, and here, what an engine would do."""

    def _create_stack(self, context, **kwargs):
        made = stacks.Stack(
            context, kwargs['stack_name'], template.Template.load(context, kwargs['template_id']),
            disable_rollback=True, owner_id=kwargs['owner_id'], nested_depth=kwargs['nested_depth'],
            user_creds_id=kwargs['user_creds_id'], stack_user_project_id=kwargs['stack_user_project_id'],
            parent_resource=kwargs['parent_resource_name'])
        made.validate()
        made.store()
        made.create()
        if made.status == made.FAILED:
            raise ValueError(made.status_reason)
        MADE[made.id] = made
        return dict(made.identifier())

    def show_stack(self, context, identity, resolve_outputs=True):
        made = MADE[identity['stack_id']]
        refresh(made)
        return [{rpc_api.STACK_OUTPUTS: api.format_stack_outputs(made.outputs, resolve_value=True)}]

    def show_output(self, context, identity, key):
        made = MADE[identity['stack_id']]
        refresh(made)
        return api.format_stack_output(made.outputs[key])


def prepare():
    cfg.CONF([], project='heat', default_config_files=[])
    scheduler.ENABLE_SLEEP = False
    cfg.CONF.set_override('error_wait_time', None)
    cfg.CONF.set_override('max_nested_stack_depth', 10)
    cfg.CONF.set_override('convergence_engine', False)
    messaging.setup('fake://', optional=True)
    policy.ResourceEnforcer.enforce = lambda *args, **kwargs: True
    utils.setup_dummy_db()
    resources.initialise()
    keystone.KeystoneClientPlugin._create = lambda self: fake_keystoneclient.FakeKeystoneClient()
    client = DirectClient()
    stack_resource.StackResource.rpc_client = lambda self: client
    stack_resource.StackResource.nested = lambda self: MADE.get(self.resource_id)
    stack_resource.StackResource.check_create_complete = lambda self, cookie=None: True
