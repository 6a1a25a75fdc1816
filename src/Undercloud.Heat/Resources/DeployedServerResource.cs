using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// <c>OS::Heat::DeployedServer</c>: a server that exists already. Its reference is a UUID derived from its place. The credentials of an agent
/// are those of an ephemeral Heat without a Keystone (heat/engine/clients/os/keystone/fake_keystoneclient.py), except the secrets.
/// </summary>
internal sealed class DeployedServerResource(ResourcePlace place) : NativeResource(place, Schema)
{
    /// <summary>Its properties.</summary>
    public static ImmutableArray<PropertySchema> Schema { get; } =
    [
        new("name", PropertyType.String),
        new("metadata", PropertyType.Map),
        new("software_config_transport", PropertyType.String)
        {
            Default = "POLL_SERVER_CFN",
            Allowed = ["POLL_SERVER_CFN", "POLL_SERVER_HEAT", "POLL_TEMP_URL", "ZAQAR_MESSAGE"],
        },
        new("deployment_swift_data", PropertyType.Map)
        {
            Default = MapValue.Empty,
            Members = [new("container", PropertyType.String) { Bounds = (1, long.MaxValue) }, new("object", PropertyType.String) { Bounds = (1, long.MaxValue) }],
        },
    ];

    private MapValue _attributes = MapValue.Empty;

    protected override bool TakesSnapshots => true;

    protected override MapValue Attributes => _attributes;

    public override Value Reference() => Id;

    protected override bool Create(IReadOnlyDictionary<string, Value> properties)
    {
        var name = properties.GetValueOrDefault("name") is StringValue { Text.Length: > 0 } own ? own.Text : Place.PhysicalName;
        var (source, settings) = Transport(((StringValue)properties["software_config_transport"]).Text);
        _attributes = new(
        [
            new("name", name),
            new("os_collect_config", new MapValue([new("collectors", new ListValue([source, "local"])), new(source, settings)])),
        ]);
        return true;
    }

    private (string Source, MapValue Settings) Transport(string transport) => transport switch
    {
        "POLL_SERVER_HEAT" => ("heat", Agent(
            [new("stack_id", $"{Stack.Name}/{Stacks.StackIdentity.Id(Stack.Name)}"), new("resource_name", Declaration.Name)])),
        "ZAQAR_MESSAGE" => ("zaqar", Agent([new("queue_id", Place.PhysicalName)])),
        "POLL_TEMP_URL" => ("request", new([new("metadata_url", Secret("url"))])),
        _ => ("cfn", new(
        [
            new("metadata_url", ""), new("access_key_id", Secret("access")), new("secret_access_key", Secret("secret")),
            new("stack_name", Stack.Name), new("path", $"{Declaration.Name}.Metadata"),
        ])),
    };

    private MapValue Agent(KeyValuePair<string, Value>[] more) => new(
    [
        new("user_id", "1234"), new("password", Secret("password")), new("auth_url", "url"), new("project_id", "aprojectid"), .. more, new("region_name", "regionOne"),
    ]);

    private string Secret(string what)
    {
        var secret = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Resolution.Request.Seed), Encoding.UTF8.GetBytes($"{Place.PhysicalName}/{what}")))[..32];
        Resolution.Generated(secret);
        return secret;
    }
}
