using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The result of an environment: the stack, and its plan.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Findings">Those of the stack and, where the stack has no errors, of the plan.</param>
/// <param name="Plan">The plan; null when the stack has errors. With other errors it must not be used.</param>
internal sealed record PlanAttempt(StackResult Stack, ImmutableArray<Diagnostic> Findings, DeploymentPlan? Plan)
{
    private const string RootTemplate = "undercloud.yaml";

    /// <summary>The services of the node; empty when the stack has errors.</summary>
    public ImmutableArray<ServiceData> Services { get; init; } = [];

    /// <summary>What the plan was made with, besides the services; null without a plan.</summary>
    public PlanInputs? Planned { get; init; }

    /// <summary>The errors among the findings.</summary>
    public IEnumerable<Diagnostic> Errors => Findings.Where(finding => finding.Severity == Severity.Error);

    /// <summary>The stack of an environment.</summary>
    public static StackRequest Request(Inputs inputs, RunEnvironment run) =>
        new() { Name = StackPlanner.Stack, TemplatePath = RootTemplate, Files = inputs.Templates, Environment = run.Environment };

    /// <summary>Resolves the stack and plans it.</summary>
    public static PlanAttempt Of(Inputs inputs, RunEnvironment run)
    {
        var diagnostics = new DiagnosticBag();
        var stack = StackResolver.Resolve(Request(inputs, run));
        diagnostics.AddRange(stack.Diagnostics);
        if (diagnostics.HasErrors)
            return new(stack, diagnostics.All, null);

        var services = RoleDataReader.Read(stack.Outputs["RoleData"] ?? Value.Null, diagnostics);
        diagnostics.AddRange(run.WithoutService(services, stack.UnusedParameters));
        if (services.FirstOrDefault(service => service.Name == "ironic_conductor") is { } conductor)
            diagnostics.AddRange(HardwareFindings.Of(run, inputs, conductor));
        diagnostics.AddRange(new PluginFindings(run, inputs, services).All());
        var wanted = new PlanInputs(StackPlanner.Stack, inputs.Release, inputs.Node?.Name ?? StackPlanner.Stack, run.Role, inputs.ImageIds, [.. Client(services, inputs), .. inputs.ToolFiles])
        {
            Overrides = run.Overrides,
            HealthChecks = !run.HealthChecksDisabled,
            Connection = inputs.Node?.Connection,
            Network = run.Network,
            LocalAddress = $"{inputs.Config.LocalIp.Address}",
            Secrets = [.. StackPlanner.SecretsOf(inputs, run), .. stack.HiddenValues],
            Locate = new ServicePlaces(inputs.Templates, run.ServiceTemplates).Find,
        };
        var plan = Planner.Plan(services, wanted, diagnostics);
        return new(stack, diagnostics.All, plan) { Services = services, Planned = wanted };
    }

    /// <summary>The operator's stackrc and clouds.yaml; none without a Keystone.</summary>
    /// <param name="services">All services of the cloud.</param>
    /// <param name="inputs">Says where the operator's home is.</param>
    public static ImmutableArray<FileEntry> Client(ImmutableArray<ServiceData> services, Inputs inputs)
    {
        if (services.Select(s => s.CloudLogin).FirstOrDefault(l => l is not null) is not { } login)
            return [];
        var publicUrl = services.SelectMany(s => s.CloudServices).FirstOrDefault(s => s.Type == "identity")?.Endpoints.GetValueOrDefault("public");
        var region = services.Select(s => s.Region).FirstOrDefault(r => r is not null) ?? ClientAccess.DefaultRegion;
        var anchor = services.SelectMany(s => s.Certificates).Select(certificate => certificate.TrustAnchor).FirstOrDefault();
        var access = new ClientAccess(publicUrl ?? login.Url, new Secret(login.Password), region, anchor);
        return
        [
            new(Path.Combine(inputs.Surroundings.Home, "stackrc"), 0, 0, "0600", ClientFiles.Stackrc(access)),
            new(Path.Combine(inputs.Surroundings.Home, ".config/openstack/clouds.yaml"), 0, 0, "0600", ClientFiles.CloudsYaml(access)),
        ];
    }
}
