using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Output;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;

namespace Undercloud.Host.Gathering;

/// <summary>A run that is thought out and has changed nothing yet.</summary>
/// <param name="Config">undercloud.conf, effective.</param>
/// <param name="Inputs">What was gathered; of several nodes, that of the first one.</param>
/// <param name="Plan">What is wanted.</param>
/// <param name="Mask">Hides every secret of it.</param>
public sealed record PreparedRun(UndercloudConfig Config, Inputs Inputs, DeploymentPlan Plan, SecretMask Mask)
{
    /// <summary>Every text of it that must not be shown.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>Where the images come from.</summary>
    public ImageSources Images { get; init; } = ImageSources.None;

    /// <summary>The inputs of each node, in the order of the plan's nodes.</summary>
    public ImmutableArray<Inputs> Nodes { get; init; } = [];
}

/// <summary>Reads undercloud.conf, gathers, resolves, plans: everything up to the point where something would change.</summary>
public sealed class Preparation(Gatherer gatherer, InstalledRelease installed, GenerationStore generations, IProgressView progress)
{
    /// <summary>The plan of what undercloud.conf asks for.</summary>
    /// <exception cref="InputException">The input has errors.</exception>
    public async Task<PreparedRun> PrepareAsync(RunRequest request, CancellationToken stop)
    {
        var diagnostics = new DiagnosticBag();
        progress.Now($"reading {request.ConfigPath}");
        var found = new DiagnosticBag();
        var config = request.ReadConfig(found);
        diagnostics.AddRange(request.Validations ? found.All : WithoutValidations(found.All));
        var mask = new SecretMask(config.Settings.Where(setting => setting.Option.IsSecret).Select(setting => setting.Value).OfType<StringValue>().Select(secret => secret.Text));
        generations.CheckReadable();
        var there = installed.Read();
        var release = ReleaseChoice.For(request.Release, there, diagnostics);
        // Without a file of undercloud.conf's, or a part of it, nothing is known of what it names.
        if (release is null || diagnostics.All.Any(finding => finding.Severity == Severity.Error && finding.Code is (ConfigCodes.Missing or ConfigCodes.NotReadable or ConfigCodes.Syntax)))
            ThrowIfErrors(diagnostics, mask);
        var gathered = new DiagnosticBag();
        var inputs = await gatherer.GatherAsync(request, config, release!.Name, there is not null, gathered, stop);
        diagnostics.AddRange(request.Validations ? gathered.All : WithoutValidations(gathered.All));
        var applied = Applied();
        ImmutableArray<Inputs> nodes = request.NodesFile is null ? [inputs] : await NodesAsync(request, inputs, diagnostics, stop);
        if (request.NodesFile is null && applied is { Nodes: [{ } first, ..] } && (applied.Nodes.Count > 1 || first.Connection is not null))
        {
            diagnostics.Error(
                null, CloudNodes.Forgotten, $"The installed cloud has the nodes {string.Join(", ", applied.Nodes.Select(node => node.Name))}, and this run names none.",
                "Name them as before: `undercloud deploy --nodes FILE`.");
        }

        progress.Now("resolving the templates");
        if (diagnostics.HasErrors && nodes is [var any, ..])
            diagnostics.AddRange(OfTheOperatorsFiles(any));
        ThrowIfErrors(diagnostics, mask);
        var run = Planned(config, nodes, diagnostics);
        if (applied is not null)
            diagnostics.AddRange(AddressChanges(run, applied).Select(change => request.Validations ? change : change with { Severity = Severity.Warning }));
        ThrowIfErrors(diagnostics, mask);
        foreach (var warning in diagnostics.All)
            progress.Warn(run.Mask.Apply(warning.ToString()));
        return run;
    }

    /// <summary>
    /// The same run with the images that are here now, built or pulled. Nothing else is gathered a second time: passwords that are not written yet would be
    /// others then, which no mask that is in use knows.
    /// </summary>
    /// <exception cref="InputException">The input has errors.</exception>
    public async Task<PreparedRun> WithImagesAsync(PreparedRun run, CancellationToken stop)
    {
        progress.Now("resolving the templates");
        var ids = await gatherer.ImageIdsAsync(stop);
        return Planned(run.Config, [.. run.Nodes.Select(inputs => inputs with { ImageIds = ids })], new DiagnosticBag());
    }

    private async Task<ImmutableArray<Inputs>> NodesAsync(RunRequest request, Inputs inputs, DiagnosticBag diagnostics, CancellationToken stop)
    {
        progress.Now("asking the nodes");
        var found = new DiagnosticBag();
        var nodes = await gatherer.NodesAsync(request, inputs, installed, found, stop);
        diagnostics.AddRange(request.Validations ? found.All : WithoutValidations(found.All));
        return nodes;
    }

    private static IEnumerable<Diagnostic> AddressChanges(PreparedRun run, DeploymentPlan applied) =>
        from pair in run.Nodes.Zip(run.Plan.Nodes)
        let before = applied.Nodes.FirstOrDefault(node => node.Name == pair.Second.Name)
        where before is not null
        let change = InstalledAddress.Change(pair.First.Config, pair.Second, before)
        where change is not null
        select change;

    /// <summary>The findings, those about options that do not fit each other as warnings.</summary>
    internal static IEnumerable<Diagnostic> WithoutValidations(IEnumerable<Diagnostic> findings) =>
        findings.Select(finding => ConfigCodes.OfValidations.Contains(finding.Code) ? finding with { Severity = Severity.Warning } : finding);

    // Errors in the files that an operator wrote, which are there whatever undercloud.conf says: an option that is wrong counts as its default.
    private static IEnumerable<Diagnostic> OfTheOperatorsFiles(Inputs inputs)
    {
        var files = inputs.Environments.Prepend(inputs.ContainerImages).Prepend(inputs.Hieradata).Prepend(inputs.NetConfig).OfType<InputFile>().Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var result = StackPlanner.Plan(inputs);
        var mask = new SecretMask(result.Secrets);
        return result.Diagnostics.Where(finding => finding.Severity == Severity.Error && finding.Location is { } place && files.Contains(place.Path))
            .Select(finding => finding with { Message = mask.Apply(finding.Message) });
    }

    private PreparedRun Planned(UndercloudConfig config, ImmutableArray<Inputs> nodes, DiagnosticBag diagnostics)
    {
        var result = StackPlanner.PlanCloud(nodes);
        var mask = new SecretMask(result.Secrets);
        diagnostics.AddRange(result.Diagnostics.Select(finding => finding with { Message = mask.Apply(finding.Message) }));
        ThrowIfErrors(diagnostics, mask);
        return new(config, nodes[0], result.Plan!, mask) { Secrets = result.Secrets, Images = result.Images, Nodes = nodes };
    }

    // A damaged plan is no reason to refuse: this run makes it anew.
    private DeploymentPlan? Applied() => generations.NewestApplied() is { } applied ? generations.FindPlan(applied.Number) : null;

    // Warnings come before the errors, which are the exception's text: one mistake may explain another.
    private void ThrowIfErrors(DiagnosticBag diagnostics, SecretMask mask)
    {
        if (!diagnostics.HasErrors)
            return;
        foreach (var warning in diagnostics.All.Where(finding => finding.Severity == Severity.Warning))
            progress.Warn(mask.Apply(warning.ToString()));
        throw new InputException(diagnostics.All);
    }
}
