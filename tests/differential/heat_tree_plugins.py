"""Resources that need a live service, made to stand for themselves.

The rule, for every resource type of Heat's own that is implemented by a client of another service (OS::Neutron::*, OS::Nova::*,
OS::Cinder::*, ... but not OS::Heat::*): its properties are checked against its schema as always, nothing is created, its reference
(get_resource) is its physical name, <stack>-<resource>-<12 random characters>, and every attribute is null. Custom constraints
(nova.flavor, glance.image, ...) accept every value.
"""
from heat.engine import constraints
from heat.engine import resource
from heat.engine import resources

SERVICES = 'heat.engine.resources.openstack.'
OWN = SERVICES + 'heat.'


class Standing(object):
    """What a resource does in place of calls to its service."""

    entity = None

    @classmethod
    def is_service_available(cls, context):
        return (True, None)

    def validate(self):
        return resource.Resource.validate(self)

    def translation_rules(self, properties):
        return []

    def add_explicit_dependencies(self, dependencies):
        return resource.Resource.add_explicit_dependencies(self, dependencies)

    def handle_create(self):
        self.resource_id_set(self.physical_resource_name())

    def check_create_complete(self, *args):
        return True

    def get_attribute(self, key, *path):
        return None

    def get_reference_id(self):
        return self.resource_id


def install():
    for entry in classes(resources.global_env().registry._registry):
        made = entry.value
        if made.__module__.startswith(SERVICES) and not made.__module__.startswith(OWN):
            entry.value = type(made.__name__, (Standing, made), {'__module__': made.__module__})
    constraints.BaseCustomConstraint.validate = lambda self, value, context: True


def classes(registry):
    for entry in registry.values():
        if isinstance(entry, dict):
            yield from classes(entry)
        elif isinstance(getattr(entry, 'value', None), type):
            yield entry
