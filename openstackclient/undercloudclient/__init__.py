# Licensed under the Apache License, Version 2.0.
"""`openstack undercloud ...` for the undercloud program."""
