namespace Undercloud.Scenarios;

/// <summary>
/// A client in the sandbox that asks every public and internal endpoint of the catalogue every three seconds, each by a new connection with a token, while a
/// run replaces containers. Each request lists something, so that it needs the service, Keystone, and the database where the service has one; one changes a
/// node of bare metal, which needs the message queue and the conductor, and one looks for the dnsmasq of a network.
/// </summary>
public static class Prober
{
    private const string Program = """
        import glob, json, os, ssl, sys, threading, time, urllib.error, urllib.request

        def call(url, token=None, data=None, method=None, more={}):
            request = urllib.request.Request(url, data=data, method=method, headers={'Content-Type': 'application/json', 'Accept': 'application/json', **more})
            if token:
                request.add_header('X-Auth-Token', token)
            return urllib.request.urlopen(request, timeout=60, context=tls)

        tls = ssl.create_default_context(cafile=os.environ.get('OS_CACERT'))
        domain = {'name': 'Default'}
        login = {'auth': {'identity': {'methods': ['password'], 'password': {'user': {'name': os.environ['OS_USERNAME'], 'domain': domain, 'password': os.environ['OS_PASSWORD']}}},
                          'scope': {'project': {'name': os.environ['OS_PROJECT_NAME'], 'domain': domain}}}}
        answer = call(os.environ['OS_AUTH_URL'].rstrip('/') + '/v3/auth/tokens', data=json.dumps(login).encode())
        token, catalog = answer.headers['X-Subject-Token'], json.load(answer)['token']['catalog']
        paths = {'identity': '/v3/projects', 'image': '/v2/images', 'network': '/v2.0/networks', 'compute': '/servers', 'placement': '/resource_providers',
                 'baremetal': '/v1/nodes', 'baremetal-introspection': '/v1/introspection', 'orchestration': '/stacks', 'object-store': '', 'cloudformation': None}
        # CloudFormation has no answer to a token: its health check has to do.
        def address(service, url):
            return url.split('/v1')[0] + '/healthcheck' if paths[service] is None else url.rstrip('/') + paths[service]
        probes = {}
        for service in catalog:
            for endpoint in service['endpoints']:
                if endpoint['interface'] in ('public', 'internal') and service['type'] in paths:
                    url = address(service['type'], endpoint['url'])
                    probes[service['type'] + ' ' + endpoint['interface']] = {'call': lambda url=url: call(url, token).read(), 'done': 0, 'failed': [], 'slowest': 0.0, 'slow': []}
                    if service['type'] == 'baremetal' and endpoint['interface'] == 'internal':
                        bare_metal = url
        # The API answers this when the conductor has.
        def change():
            data = [{'op': 'add', 'path': '/extra/probed', 'value': time.time()}]
            call(bare_metal + '/kept', token, json.dumps(data).encode(), 'PATCH', {'X-OpenStack-Ironic-API-Version': '1.80'}).read()
        probes['baremetal change of a node'] = {'call': change, 'done': 0, 'failed': [], 'slowest': 0.0, 'slow': []}
        # The dnsmasq of a network, which answers its leases: how long there is none.
        def serves(path):
            try:
                with open(path, 'rb') as file:
                    return b'--pid-file=/var/lib/neutron/dhcp/' in file.read()
            except OSError:
                return False
        def lease():
            until = time.monotonic() + 120
            while not any(serves(path) for path in glob.glob('/proc/[0-9]*/cmdline')):
                if time.monotonic() > until:
                    raise Exception('no dnsmasq')
                time.sleep(0.2)
        probes['network leases'] = {'call': lease, 'done': 0, 'failed': [], 'slowest': 0.0, 'slow': []}
        stop, limit = sys.argv[1], time.monotonic() + 1800

        def ask(probe):
            while not os.path.exists(stop) and time.monotonic() < limit:
                began = time.monotonic()
                try:
                    probe['call']()
                    probe['done'] += 1
                except urllib.error.HTTPError as error:
                    probe['failed'].append('%s %s after %.1f s: %s' % (time.strftime('%H:%M:%S'), error.code, time.monotonic() - began, error.read()[:200].decode(errors='replace')))
                except Exception as error:
                    probe['failed'].append('%s after %.1f s: %r' % (time.strftime('%H:%M:%S'), time.monotonic() - began, error))
                took = round(time.monotonic() - began, 1)
                probe['slowest'] = max(probe['slowest'], took)
                if took > 5:
                    probe['slow'].append('%s %.1f' % (time.strftime('%H:%M:%S'), took))
                time.sleep(3)

        threads = [threading.Thread(target=ask, args=(probe,)) for probe in probes.values()]
        [thread.start() for thread in threads]
        open(stop + '.ready', 'w').close()
        [thread.join() for thread in threads]
        for probe in probes.values():
            del probe['call']
        json.dump(probes, open(stop + '.json', 'w'))
        """;

    /// <summary>Runs a command in the sandbox while the endpoints are asked.</summary>
    /// <param name="act">The command.</param>
    /// <returns>Each endpoint with its requests.</returns>
    public static IReadOnlyList<ProbedEndpoint> During(Action act)
    {
        SandboxHost.Bash($$"""
            rm -rf /run/prober; mkdir -p /run/prober
            cat > /run/prober/prober.py <<'END'
            {{Program}}
            END
            . ~/stackrc; setsid nohup python3 /run/prober/prober.py /run/prober/stop > /run/prober/said 2>&1 < /dev/null &
            for i in $(seq 60); do [ -e /run/prober/stop.ready ] && exit; sleep 1; done; cat /run/prober/said; exit 1
            """).Expect();
        try
        {
            act();
        }
        finally
        {
            SandboxHost.Bash("touch /run/prober/stop");
        }

        // A request is given up after a minute.
        var found = SandboxHost.Bash("for i in $(seq 90); do [ -e /run/prober/stop.json ] && break; sleep 1; done; cat /run/prober/stop.json").Expect();
        return [.. SandboxHost.Json(found).EnumerateObject().Select(endpoint => new ProbedEndpoint(
            endpoint.Name, endpoint.Value.GetProperty("done").GetInt32(), [.. endpoint.Value.GetProperty("failed").EnumerateArray().Select(one => one.GetString()!)], endpoint.Value.GetProperty("slowest").GetDouble(), [.. endpoint.Value.GetProperty("slow").EnumerateArray().Select(one => one.GetString()!)]))];
    }
}

/// <summary>An endpoint that was asked.</summary>
/// <param name="Name">The service's type and the interface.</param>
/// <param name="Done">How many requests were answered.</param>
/// <param name="Failed">What became of the others.</param>
/// <param name="Slowest">Seconds of the slowest request.</param>
/// <param name="Slow">When each request that took more than five seconds was answered, and its seconds.</param>
public sealed record ProbedEndpoint(string Name, int Done, IReadOnlyList<string> Failed, double Slowest, IReadOnlyList<string> Slow)
{
    /// <summary>A line for the log of the scenario.</summary>
    public override string ToString() => $"{Name,-36} {Done,5} answered {Failed.Count,3} failed {Slowest,6:F1} s slowest {string.Join(" | ", [.. Failed.Take(3), .. Slow])}".TrimEnd();
}
