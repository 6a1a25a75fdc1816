"""The Heat engine for heat_tree.py: heat_eval.py's, with every call that resources make to the engine answered in this process."""
import heat_eval

from oslo_config import cfg

from heat.common import password_gen
from heat.common import short_id
from heat.engine import environment as environments
from heat.engine import resource
from heat.engine import service
from heat.engine import stack as stacks
from heat.engine import template as templates
from heat.engine.resources import stack_resource
from heat.rpc import api as rpc_api
from heat.rpc import client as rpc_client
from heat.tests import utils

import heat_tree_plugins


class NestedStacks(heat_eval.DirectClient):
    """Nested stacks, each complete when the call that makes it returns; so their outputs are resolved once."""

    def __init__(self, made):
        self._made = made
        self._outputs = {}

    def create_stack(self, context, **kwargs):
        identity = self._create_stack(context, **kwargs)
        self._made.stack_ids.append(identity['stack_id'])
        return identity

    def update_stack(self, context, stack_identity, template_id, **kwargs):
        """A group that is created in batches grows by updates of its stack."""
        current = heat_eval.MADE[stack_identity['stack_id']]
        wanted = stacks.Stack(context, current.name, templates.Template.load(context, template_id), **current.get_kwargs_for_cloning())
        wanted.validate()
        current.update(wanted)
        if current.status == current.FAILED:
            raise ValueError(current.status_reason)
        self._outputs.pop(current.id, None)
        return dict(current.identifier())

    def show_stack(self, context, stack_identity, **kwargs):
        key = stack_identity['stack_id']
        if key not in self._outputs:
            self._outputs[key] = super(NestedStacks, self).show_stack(context, stack_identity)
        return self._outputs[key]

    def show_output(self, context, stack_identity, output_key):
        outputs = self.show_stack(context, stack_identity)[0][rpc_api.STACK_OUTPUTS]
        return next(one for one in outputs if one[rpc_api.OUTPUT_KEY] == output_key)


class LocalClient(rpc_client.EngineClient):
    """The RPC client without a wire: nested stacks as above, all else (configs, deployments, members of groups) by the engine service."""

    def __init__(self, made):
        self._nested = NestedStacks(made)
        self._service = service.EngineService('localhost', 'engine')

    def call(self, ctxt, msg, version=None, timeout=None):
        method, arguments = msg
        answering = self._nested if hasattr(self._nested, method) else self._service
        return getattr(answering, method)(ctxt, **arguments)

    def cast(self, ctxt, msg, version=None):
        self.call(ctxt, msg)


def prepare(made):
    heat_eval.prepare()
    for name, value, group in (('max_resources_per_stack', -1, None), ('default_deployment_signal_transport', 'HEAT_SIGNAL', None),
                               ('deferred_auth_method', 'password', None), ('memory_quota', 900000, 'yaql'),
                               ('limit_iterators', 9000, 'yaql')):
        cfg.CONF.set_override(name, value, group)
    made.watch(password_gen, 'generate_password', made.passwords)
    made.watch(short_id, 'get_id', made.short_ids)
    client = LocalClient(made)
    resource.Resource.rpc_client = lambda self: client
    del stack_resource.StackResource.rpc_client
    stack_resource.StackResource.check_update_complete = lambda self, cookie=None: True
    heat_tree_plugins.install()


def caller(project):
    """The context that the ephemeral Heat of tripleoclient gives a request."""
    context = utils.dummy_context(tenant_id=project, region_name='regionOne')
    context.auth_url = 'url'
    return context


def create(name, template, files, environment, project='admin'):
    parsed = templates.Template(template, files=files, env=environments.Environment(environment))
    stack = stacks.Stack(caller(project), name, parsed, convergence=False)
    stack.validate()
    stack.store()
    stack.create_stack_user_project_id()
    stack.create()
    if stack.status == stack.FAILED:
        raise ValueError(stack.status_reason)
    return stack


def outputs(stack):
    heat_eval.refresh(stack)
    values, errors = {}, {}
    for name, output in stack.outputs.items():
        try:
            values[name] = output.get_value()
        except Exception as error:
            errors[name] = '%s: %s' % (type(error).__name__, error)
    return values, errors


def counts(stack, files):
    every = [stack, *heat_eval.MADE.values()]
    return {'stacks': len(every), 'resources': sum(map(len, every)), 'files': len(files),
            'standing': sorted({one.type() for stack in every for one in stack.values() if isinstance(one, heat_tree_plugins.Standing)})}
