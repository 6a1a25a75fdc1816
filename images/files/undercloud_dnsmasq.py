"""Neutron's driver for dnsmasq, except that a dnsmasq that runs already answers until its successor can start at once.

Neutron ends the former dnsmasq of a network first, and sets up the port of the network afterwards, which takes seconds: with `neutron.agent.linux.dhcp.Dnsmasq`
nobody answers leases meanwhile, e.g. when the container of the agent was replaced.
"""

from neutron.agent.linux import dhcp


class Dnsmasq(dhcp.Dnsmasq):
    _deferred = None

    def _enable(self):
        # While this is a list, calls of `disable` are collected. They run before the next dnsmasq starts, or at the end when no dnsmasq starts.
        self._deferred = []
        try:
            done = super()._enable()
            # Neutron tries again after a failure. The former dnsmasq answers until then.
            if done:
                self._end_former()
            return done
        finally:
            self._deferred = None

    def restart(self):
        self.enable()

    def disable(self, *args, **kwargs):
        if self._deferred is None:
            super().disable(*args, **kwargs)
        else:
            self._deferred.append((args, kwargs))

    def spawn_process(self):
        self._end_former()
        super().spawn_process()

    def _end_former(self):
        deferred, self._deferred = self._deferred or [], None
        for args, kwargs in deferred:
            self.disable(*args, **kwargs)
