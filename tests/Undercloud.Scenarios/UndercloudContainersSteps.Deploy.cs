namespace Undercloud.Scenarios;

// A role of the operator's own.
public abstract partial class UndercloudContainersSteps
{
    [Fact]
    public void Any_role_is_deployed_with_a_service_of_the_operators_own() => Step(() =>
    {
        SandboxHost.Bash("""
            mkdir /tmp/own && cd /tmp/own
            printf -- '- name: Undercloud\n  ServicesDefault: [%s]\n' "$(printf 'OS::TripleO::Services::%s, ' UndercloudHost MySQL OsloMessagingRpc Memcached Keystone Greeting)" > roles.yaml
            printf 'resource_registry: {"OS::TripleO::Services::Greeting": greeting.yaml}\nparameter_defaults: {GreetingText: Good morning}\n' > services.yaml
            cat > greeting.yaml <<'.'
            heat_template_version: wallaby
            parameters:
              EndpointMap: {type: json, default: {}}
              RoleName: {type: string, default: ''}
              RoleParameters: {type: json, default: {}}
              ContainerMemcachedImage: {type: string}
              GreetingText: {type: string}
            outputs:
              role_data:
                value:
                  service_name: greeting
                  config_files: {greeting: {/srv/greeting: {text: {get_param: GreetingText}}}}
                  container_config:
                    step_4:
                      greeting:
                        image: {get_param: ContainerMemcachedImage}
                        volumes: [/var/lib/config-data/greeting/srv/greeting:/srv/greeting:ro]
                        restart: always
                        stop_grace_period: 1
                        healthcheck: {test: 'test ! -e /tmp/ill || { echo It is ill >&2; exit 1; }', interval: 2, retries: 20, start_period: 3}
                        command: [sh, -c, 'rm -f /tmp/ill; cat /srv/greeting; exec sleep infinity']
            .
            """).Expect();
        SandboxHost.Bash($"cd /tmp/own && undercloud deploy {string.Join(' ', SandboxHost.ReleaseOption)} --roles-file roles.yaml --environment-file services.yaml --local-ip 192.0.2.1/24").Expect();
        Assert.Equal(["greeting", "keystone", "memcached", "mysql", "rabbitmq"], SandboxHost.Containers().Keys.Order());
        Assert.Equal("Good morning", SandboxHost.Bash("podman logs greeting").Expect().Output.Trim());
        SandboxHost.Bash("podman exec greeting touch /tmp/ill").Expect();

        // A container counts as healthy until podman's next check; after twenty failures podman's answer is a restart.
        Assert.Equal("It is ill", Until("undercloud status -f json | python3 -c 'import json, sys; print(next(one[\"said\"] for one in json.load(sys.stdin)[\"containers\"] if one[\"name\"] == \"greeting\"))'", "It is ill"));
        Assert.Equal("1", SandboxHost.Until("podman exec greeting test ! -e /tmp/ill && systemctl show --property NRestarts --value tripleo_greeting", "1", 120));
        Assert.Equal(("healthy", 1), (Greeting().GetProperty("health").GetString(), Greeting().GetProperty("restarts").GetInt32()));
        Assert.Equal("http://192.0.2.2:5000", SandboxHost.Exec("openstack", "endpoint", "list", "--interface", "public", "-f", "value", "-c", "URL").Expect().Output.Trim());
        Assert.Contains(Nothing, SandboxHost.Bash("cd /tmp/own && undercloud deploy -r roles.yaml -e services.yaml --local-ip 192.0.2.1/24").Expect().Error);
        SandboxHost.Exec("undercloud", "uninstall", "-y", "--purge").Expect();
    });

    private static System.Text.Json.JsonElement Greeting() => SandboxHost.Json(SandboxHost.Exec("undercloud", "status", "-f", "json"))
        .GetProperty("containers").EnumerateArray().Single(container => container.GetProperty("name").GetString() == "greeting");
}
