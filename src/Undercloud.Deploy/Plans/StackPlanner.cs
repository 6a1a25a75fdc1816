using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Undercloud.Config;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Plans;

/// <summary>An input file with its path.</summary>
public sealed record InputFile(string Path, string Text);

/// <summary>All external input of a run, collected before anything is decided.</summary>
public sealed record Inputs
{
    public required UndercloudConfig Config { get; init; }

    /// <summary>The host's facts on which undercloud.conf's parameters depend.</summary>
    public required Surroundings Surroundings { get; init; }

    public required bool HostIsContainer { get; init; }

    /// <summary>Whether the host's kernel has, or can load, Open vSwitch's datapath.</summary>
    public bool KernelHasOpenVswitch { get; init; }

    /// <summary>The ports and addresses of the host's SSH server.</summary>
    public ImmutableArray<int> SshPorts { get; init; } = [22];

    /// <summary>All passwords, kept and new.</summary>
    public required MapValue Passwords { get; init; }

    public required string Release { get; init; }

    /// <summary>Heat parameters that name images, with the image's name.</summary>
    public required IReadOnlyDictionary<string, string> ImageParameters { get; init; }

    /// <summary>Image names to ids, for every existing image.</summary>
    public required IReadOnlyDictionary<string, string> ImageIds { get; init; }

    public required ITemplateFiles Templates { get; init; }

    /// <summary>The roles file.</summary>
    public required InputFile Roles { get; init; }

    /// <summary>The file of container_images_file; null when the option is not set.</summary>
    public InputFile? ContainerImages { get; init; }

    /// <summary>The operator's environment files, custom_env_files.</summary>
    public ImmutableArray<InputFile> Environments { get; init; } = [];

    /// <summary>Files of the tool itself that are installed on a host: the plugin of the openstack client.</summary>
    public ImmutableArray<FileEntry> ToolFiles { get; init; } = [];

    /// <summary>The file of hieradata_override; null when the option is not set.</summary>
    public InputFile? Hieradata { get; init; }

    /// <summary>Whether errors that may be ignored are errors; otherwise they are warnings (--no-validations).</summary>
    public bool Validations { get; init; } = true;

    /// <summary>The file of net_config_override; null when the option is not set.</summary>
    public InputFile? NetConfig { get; init; }

    /// <summary>The node that the plan is for; null for a cloud of one node, the deploying host.</summary>
    public CloudNode? Node { get; init; }

    /// <summary>All nodes of the cloud, this one included; empty for a cloud of one node.</summary>
    public ImmutableArray<CloudNode> Nodes { get; init; } = [];
}

/// <summary>The result of planning.</summary>
/// <param name="Plan">The plan; null when there were errors.</param>
/// <param name="Diagnostics">All findings.</param>
/// <param name="Secrets">Every text that must not be shown.</param>
public sealed record PlanningResult(DeploymentPlan? Plan, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<string> Secrets)
{
    /// <summary>Where the images come from.</summary>
    public ImageSources Images { get; init; } = ImageSources.None;
}

/// <summary>From inputs to the plan: parameters, stack, role data, plan. Pure.</summary>
public static class StackPlanner
{
    /// <summary>The stack's name, which is also the name of a cloud's only node.</summary>
    public const string Stack = "undercloud";

    // The limit of attempts that leave out wrong settings.
    private const int Rounds = 3;

    // Findings about files that were read only in part.
    private static readonly string[] s_incomplete = ["YAML", "ENV001", "PLAN010"];

    private const string Registry = "resource-registry.yaml";

    /// <summary>The plan of a cloud of one node.</summary>
    public static PlanningResult Plan(Inputs inputs) => PlanNode(inputs).Result;

    /// <summary>The plan of a cloud: of each node by itself, and then of each with what it has to know of the others.</summary>
    /// <param name="nodes">The inputs of each node.</param>
    public static PlanningResult PlanCloud(ImmutableArray<Inputs> nodes)
    {
        var parts = nodes.Select(PlanNode).ToImmutableArray();
        return parts is [var only] ? only.Result : CloudPlanner.Merge(nodes, parts) with { Images = parts[0].Result.Images };
    }

    /// <summary>
    /// The plan for these inputs. All findings are reported together: a wrong setting of the operator is left out, and the rest is checked as if
    /// the setting were not there.
    /// </summary>
    private static (PlanningResult Result, PlanAttempt? Attempt) PlanNode(Inputs inputs)
    {
        var diagnostics = new DiagnosticBag();
        var role = RoleChoice.Of(inputs, diagnostics);
        var run = ReadEnvironment(inputs, role, diagnostics);
        var secrets = SecretsOf(inputs, run);
        var sources = SourcesOf(inputs, run, diagnostics);
        inputs = inputs with { ImageIds = sources.Present(inputs.ImageIds) };
        var operators = inputs.Environments.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var early = diagnostics.All;
        diagnostics.AddRange(run.Untranslated);
        diagnostics.AddRange(RegistryFindings.Missing(run.Environment, inputs.Templates, operators));
        // A stack that lacks a part cannot be checked as a whole.
        if (role is null || early.Any(finding => IsIncomplete(finding, inputs)))
            return (new(null, diagnostics.All, [.. secrets]) { Images = sources }, null);

        var without = new Lazy<RunEnvironment>(() => ReadEnvironment(inputs with { Environments = [], Hieradata = null, ContainerImages = null }, role, new DiagnosticBag()));
        var attempt = PlanAttempt.Of(inputs, run);
        secrets.UnionWith(attempt.Stack.HiddenValues);
        var (findings, causes) = new OperatorCauses(inputs, run, without).Place(attempt);
        AddNew(findings, diagnostics);
        var (rest, left) = (attempt, run);
        for (var round = 0; rest.Plan is null && !causes.IsEmpty && round < Rounds; round++)
        {
            left = new OperatorCauses(inputs, left, without).Without(causes);
            rest = PlanAttempt.Of(inputs, left);
            secrets.UnionWith(rest.Stack.HiddenValues);
            (findings, causes) = new OperatorCauses(inputs, left, without).Place(rest);
            // Without the wrong setting other settings may have no effect, which deserves no warning.
            AddNew(findings.Where(finding => finding.Severity == Severity.Error), diagnostics);
        }

        // The mappings that a stack uses are known only when it is complete.
        if (rest.Plan is not null)
        {
            var texts = Texts(rest.Stack.Outputs["RoleData"] ?? Value.Null).ToHashSet(StringComparer.Ordinal);
            AddNew(RegistryFindings.Unused(run.Environment, operators, rest.Stack.UsedMappings.Union(attempt.Stack.UsedMappings).ToHashSet(StringComparer.Ordinal), without.Value.Environment.Registry.Types), diagnostics);
            AddNew(run.UnknownImages(inputs.ImageParameters, inputs.ImageIds).Where(unknown => texts.Contains(unknown.Image)).Select(unknown => unknown.Finding), diagnostics);
        }

        // The tool's own parameters serve every possible service; an operator's parameter is meant to have an effect.
        if (attempt.Plan is not null)
            AddNew(attempt.Stack.UnusedParameters.Where(unused => unused.Location is not null && !run.IsRead(unused)), diagnostics);
        return (new(diagnostics.HasErrors ? null : attempt.Plan, diagnostics.All, [.. secrets]) { Images = sources }, attempt);
    }

    // Hieradata that cannot be read only causes its own finding.
    private static bool IsIncomplete(Diagnostic finding, Inputs inputs) =>
        finding.Severity == Severity.Error && s_incomplete.Any(code => finding.Code.StartsWith(code, StringComparison.Ordinal))
        && (inputs.Hieradata is not { } hieradata || finding.Location?.Path != hieradata.Path);

    // A place has one finding of a kind, and no warning beside an error.
    private static void AddNew(IEnumerable<Diagnostic> findings, DiagnosticBag diagnostics)
    {
        foreach (var finding in findings)
        {
            var known = diagnostics.All.Where(other => other.Location == finding.Location).ToList();
            if (known.Exists(other => other.Code == finding.Code && other.Message == finding.Message)
                || (finding.Location is not null && known.Exists(other => other.Severity == Severity.Error && (finding.Severity == Severity.Warning || (other.Code == "ENV007" && finding.Code == "HOT001")))))
            {
                continue;
            }

            diagnostics.Add(finding);
        }
    }

    /// <summary>The stack of these inputs, as a run resolves it; null when the inputs have errors, which are reported.</summary>
    public static StackRequest? Request(Inputs inputs, DiagnosticBag diagnostics)
    {
        var role = RoleChoice.Of(inputs, diagnostics);
        var run = ReadEnvironment(inputs, role, diagnostics);
        return diagnostics.HasErrors || role is null ? null : PlanAttempt.Request(inputs, run);
    }

    /// <summary>Where the images of these inputs come from; errors are reported.</summary>
    public static ImageSources Sources(Inputs inputs, DiagnosticBag diagnostics) =>
        SourcesOf(inputs, ReadEnvironment(inputs, RoleChoice.Of(inputs, new DiagnosticBag()), new DiagnosticBag()), diagnostics);

    private static ImageSources SourcesOf(Inputs inputs, RunEnvironment run, DiagnosticBag diagnostics) =>
        ImageSources.Of(run.Environment, path => inputs.Environments.Prepend(inputs.ContainerImages).FirstOrDefault(file => file?.Path == path)?.Text, diagnostics);

    /// <summary>Every text in a run's inputs that must not be shown; secrets that the stack adds are among its hidden values.</summary>
    internal static HashSet<string> SecretsOf(Inputs inputs, RunEnvironment run) =>
    [
        .. Texts(inputs.Passwords),
        .. new[] { inputs.Surroundings.Certificate?.Key.Reveal(), inputs.Config.TextOrNull(TlsOptions.IpaOtp) }.OfType<string>(),
        .. run.Overrides.SelectMany(parameter => ConfigOverrides.SecretsIn(parameter.Value)),
        .. SourcesOf(inputs, run, new DiagnosticBag()).Secrets,
    ];

    private static RunEnvironment ReadEnvironment(Inputs inputs, NodeRole? role, DiagnosticBag diagnostics)
    {
        var registry = inputs.Templates.Read(Registry);
        if (registry is null)
            diagnostics.Error(null, "PLAN010", $"The template collection has no {Registry}.", "Point `templates` at a collection like the one that comes with the tool.");
        var input = ConfigParameters.Of(inputs.Config, inputs.Surroundings);
        var tool = new MapValue([.. inputs.ImageParameters.Select(image => KeyValuePair.Create(image.Key, (Value)image.Value)), .. inputs.Passwords.Entries]);
        var network = inputs.NetConfig is { } file ? NetConfigTemplate.Read(file.Text, file.Path, NetConfigTags.Of(inputs.Config), diagnostics) : null;
        var config = new MapValue([.. HardwareSupport.ForRelease(input.Parameters, inputs.Release).Entries, .. DerivedParameters.Of(inputs, input, role).Entries, .. network is null ? [] : new[] { KeyValuePair.Create(OperatorNetwork.Parameter, (Value)network.Value) }]);
        var collection = With(HeatEnvironment.Parse(registry ?? "", Registry, diagnostics), OfTheCollection(input, inputs.Templates), diagnostics);
        var run = RunEnvironment.Of(
            inputs, collection.With(HeatEnvironment.OfDefaults(tool), diagnostics), HeatEnvironment.OfDefaults(config), role?.Name ?? "", diagnostics);
        run = WithHosts(run, inputs, role, diagnostics);
        var own = OperatorNetwork.Of(run.Environment, run.Role, network, diagnostics);
        return own is null
            ? run
            : run with
            {
                Network = own,
                Environment = run.Environment.With(HeatEnvironment.OfDefaults(OperatorNetwork.Parameters(own, $"{inputs.Config.LocalIp.Address}", run.Environment)), diagnostics),
            };
    }

    // An operator's ControlPlaneIp is also where the node's own services are found.
    private static RunEnvironment WithHosts(RunEnvironment run, Inputs inputs, NodeRole? role, DiagnosticBag diagnostics) =>
        run.Environment.Location("ControlPlaneIp") is not null && run.Environment.ParameterDefaults["ControlPlaneIp"] is StringValue { Text: var address }
            ? run with { Environment = run.Environment.With(HeatEnvironment.OfDefaults(new(DerivedParameters.Hosts(inputs, role, address).Entries.Where(host => run.Environment.Location(host.Key) is null))), diagnostics) }
            : run;

    // A collection need not have an environment for every service; the operator's own files are part of the inputs.
    private static IEnumerable<InputFile> OfTheCollection(TemplateInput input, ITemplateFiles templates) =>
        from path in input.Environments
        where !Path.IsPathRooted(path)
        let text = templates.Read(path)
        where text is not null
        select new InputFile(path, text);

    private static HeatEnvironment With(HeatEnvironment environment, IEnumerable<InputFile> files, DiagnosticBag diagnostics) =>
        files.Aggregate(environment, (merged, file) => merged.With(HeatEnvironment.Parse(file.Text, file.Path, diagnostics), diagnostics));

    private static IEnumerable<string> Texts(Value value) => value switch
    {
        StringValue text => [text.Text],
        ListValue list => list.Items.SelectMany(Texts),
        MapValue map => map.Entries.SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };
}
