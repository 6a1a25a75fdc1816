using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Containers;

/// <summary>Container specifications and facts for tests.</summary>
internal static class Specs
{
    public const string ImageId = "b8fd254e392aa6218ce74b025b4a76f113b9943d69ec8e259bb7fa09e27a1a90";
    public const string OtherImageId = "d1b13fc5b333988d91f4133f8d85908d229e6545c79e58bf4a1adcf6822cbb7b";

    public static ContainerPlacement Placement { get; } = new("tripleo_step3");

    public static ContainerSpec Read(string json, string name = "keystone")
    {
        var diagnostics = new DiagnosticBag();
        var specs = StartupConfiguration.Read([new("keystone.json", json, name)], diagnostics);
        Assert.Empty(diagnostics.All);
        return specs[0] with { ImageId = specs[0].Kind == ContainerKind.Exec ? null : specs[0].ImageId ?? ImageId };
    }

    public static ImmutableArray<Diagnostic> Findings(string json, string? name = "keystone")
    {
        var diagnostics = new DiagnosticBag();
        StartupConfiguration.Read([new("step.json", json, name)], diagnostics);
        return diagnostics.All;
    }

    public static ContainerSpec Service(string name = "keystone") => Read("""{"image": "k:1", "restart": "always"}""", name);

    public static ContainerSpec OneShot(string name = "sync") => Read("""{"image": "k:1", "detach": false}""", name);

    public static ContainerSpec Exec(string name = "bootstrap", string target = "keystone") =>
        Read($$"""{"action": "exec", "command": ["{{target}}", "true"]}""", name);

    /// <summary>The container as it is after <paramref name="spec"/> was applied.</summary>
    public static ContainerFact Applied(ContainerSpec spec, string state = "running", int exitCode = 0)
    {
        var fingerprint = ContainerFingerprint.Of(spec);
        return new()
        {
            Name = spec.Name,
            Id = $"id-of-{spec.Name}",
            State = state,
            ExitCode = exitCode,
            Labels = new Dictionary<string, string>
            {
                ["config_id"] = Placement.ConfigId,
                ["managed_by"] = Placement.ManagedBy,
                ["config_hash"] = fingerprint.Hash,
                ["config_parts"] = fingerprint.Parts,
            }.ToImmutableDictionary(),
        };
    }

    public static UnitFact Unit(ContainerSpec spec, string state = "active") =>
        new(spec.Name, ContainerUnit.Text(spec, Placement), state, ContainerUnit.IsEnabled(spec));
}
