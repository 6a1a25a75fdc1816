using System.Security.Cryptography;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Files;

namespace Undercloud.Tests.Node;

public sealed class CloudFlavorTests : IDisposable
{
    private static readonly CloudFlavor s_control = new("control", 4096, 1, 40)
    {
        ExtraSpecs = new Dictionary<string, string> { ["resources:CUSTOM_BAREMETAL"] = "1", ["resources:VCPU"] = "0", ["capabilities:profile"] = "control" },
        ObsoleteExtraSpecs = new Dictionary<string, string> { ["capabilities:boot_option"] = "local" },
    };

    private readonly CloudHost _node = new();

    private FakeNova Nova => _node.Nova;

    private string Key => _node.Host.At("home/.ssh/id_rsa");

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Flavors_and_limits_are_made_once_with_few_requests()
    {
        var wanted = new CloudResources { Flavors = [s_control], Quotas = [new("compute", "cores", -1), new("compute", "ram", -1)] };
        await DoneAsync(wanted);
        Assert.Equal(
            """{"resources:CUSTOM_BAREMETAL":"1","resources:VCPU":"0","capabilities:profile":"control"}""",
            Nova.Flavor("control")["extra_specs"]!.ToJsonString());
        Assert.Equal(("-1", "-1", "10"), ($"{Nova.Quota["cores"]}", $"{Nova.Quota["ram"]}", $"{Nova.Quota["instances"]}"));
        _node.Cloud.Requests = 0;
        Assert.False((await DoneAsync(wanted)).Changed);
        Assert.Equal(3, _node.Cloud.Requests);
    }

    [Fact]
    public async Task Extra_specs_are_brought_up_to_date_in_place_and_others_stay()
    {
        await DoneAsync(new() { Flavors = [s_control] });
        var flavor = Nova.Flavor("control");
        var specs = flavor["extra_specs"]!.AsObject();
        specs["resources:VCPU"] = "4";
        specs["capabilities:boot_option"] = "local";
        specs["mine"] = "stays";
        var result = await DoneAsync(new() { Flavors = [s_control] });
        Assert.Equal("resources:VCPU 0, was 4; capabilities:boot_option is obsolete", Assert.Single(result.Changes).Reason);
        Assert.Equal("0", specs["resources:VCPU"]!.ToString());
        Assert.Equal("stays", specs["mine"]!.ToString());
        Assert.False(specs.ContainsKey("capabilities:boot_option"));
        specs["capabilities:boot_option"] = "netboot";
        Assert.False((await DoneAsync(new() { Flavors = [s_control] })).Changed);
    }

    [Fact]
    public async Task Flavors_of_others_stay_and_ours_go()
    {
        Nova.Flavors.Add(new() { ["id"] = "their", ["name"] = "compute", ["extra_specs"] = new System.Text.Json.Nodes.JsonObject() });
        var compute = s_control with { Name = "compute" };
        await DoneAsync(new() { Flavors = [s_control, compute] });
        await _node.PruneAsync(new());
        Assert.Equal("compute", Assert.Single(Nova.Flavors)["name"]!.ToString());
        Assert.Empty(new OwnedStore(_node.Host.Layout).Load().Cloud);
    }

    [Fact]
    public async Task A_key_is_made_for_an_operator_who_has_none()
    {
        Directory.CreateDirectory(_node.Host.At("home"));
        await DoneAsync(Pair());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Key)!));
        var line = File.ReadAllText(Key + ".pub").Trim();
        Assert.Equal(line, Assert.Single(Nova.KeyPairs)["public_key"]!.ToString());

        // The two belong together.
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Key));
        Assert.Equal(3072, key.KeySize);
        Assert.True(Convert.FromBase64String(line.Split(' ')[1]).AsSpan().EndsWith(key.ExportParameters(false).Modulus));

        var written = File.GetLastWriteTimeUtc(Key);
        Assert.False((await DoneAsync(Pair())).Changed);
        Nova.KeyPairs.Clear();
        await DoneAsync(Pair());
        Assert.Equal(line, Assert.Single(Nova.KeyPairs)["public_key"]!.ToString());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Key));
    }

    [Fact]
    public async Task A_key_that_was_made_goes_with_a_purge_only()
    {
        Directory.CreateDirectory(_node.Host.At("home"));
        await DoneAsync(Pair());
        var files = new NodeFiles(_node.Host.Layout, _node.Host);
        await files.PruneAsync(new() { Node = "n" }, purge: false, check: false, CancellationToken.None);
        Assert.True(File.Exists(Key));
        await files.PruneAsync(new() { Node = "n" }, purge: true, check: false, CancellationToken.None);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_node.Host.At("home")));
    }

    [Fact]
    public async Task The_operators_own_key_is_given_and_never_touched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Key)!);
        File.WriteAllText(Key + ".pub", $"ssh-rsa {Convert.ToBase64String([0, 0, 0, 7, .. "ssh-rsa"u8, 1])} me@here\n");
        await DoneAsync(Pair());
        Assert.EndsWith("me@here", Assert.Single(Nova.KeyPairs)["public_key"]!.ToString());
        Assert.False(File.Exists(Key));
        File.WriteAllText(Key + ".pub", "another");
        Assert.False((await DoneAsync(Pair())).Changed);
        Assert.Empty(new OwnedStore(_node.Host.Layout).Load().Files);
    }

    [Fact]
    public async Task A_private_key_alone_is_left_alone_with_a_word_on_what_to_do()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Key)!);
        File.WriteAllText(Key, "sealed");
        var result = await DoneAsync(Pair());
        Assert.Contains("ssh-keygen -y", Assert.Single(result.Notes));
        Assert.Empty(Nova.KeyPairs);
        Assert.Equal("sealed", File.ReadAllText(Key));
    }

    [Fact]
    public async Task A_key_that_Nova_does_not_take_is_explained()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Key)!);
        File.WriteAllText(Key + ".pub", "nonsense");
        Assert.Contains("Nova refuses the public key", (await _node.ApplyAsync(Pair())).Message);
    }

    private CloudResources Pair() => new() { KeyPairs = [new("default", Key)] };

    private Task<NodeResult> DoneAsync(CloudResources wanted) => _node.DoneAsync(wanted);
}
