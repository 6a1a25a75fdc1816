using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Output;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;

namespace Undercloud.Host.Install;

/// <summary>A run that is thought out and has changed nothing yet.</summary>
/// <param name="Config">undercloud.conf, effective.</param>
/// <param name="Inputs">What was gathered.</param>
/// <param name="Plan">What is wanted.</param>
/// <param name="Mask">Hides every secret of it.</param>
public sealed record PreparedRun(UndercloudConfig Config, Inputs Inputs, DeploymentPlan Plan, SecretMask Mask);

/// <summary>Reads undercloud.conf, gathers, resolves, plans: everything up to the point where something would change.</summary>
public sealed class Preparation(Gatherer gatherer, InstalledRelease installed, IProgressView progress)
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
        var release = ReleaseChoice.For(request.Release, installed.Read(), diagnostics);
        ThrowIfErrors(diagnostics);
        var inputs = await gatherer.GatherAsync(config, request.ConfigPath, request.Home, release!.Name, diagnostics, stop);
        ThrowIfErrors(diagnostics);
        progress.Now("resolving the templates");
        var result = StackPlanner.Plan(inputs);
        var mask = new SecretMask(result.Secrets);
        diagnostics.AddRange(result.Diagnostics.Select(finding => finding with { Message = mask.Apply(finding.Message) }));
        ThrowIfErrors(diagnostics);
        foreach (var warning in diagnostics.All)
            progress.Warn(mask.Apply(warning.ToString()));
        return new(config, inputs, result.Plan!, mask);
    }

    /// <summary>The findings, those about options that do not fit each other as warnings.</summary>
    internal static IEnumerable<Diagnostic> WithoutValidations(IEnumerable<Diagnostic> findings) =>
        findings.Select(finding => ConfigCodes.OfValidations.Contains(finding.Code) ? finding with { Severity = Severity.Warning } : finding);

    private static void ThrowIfErrors(DiagnosticBag diagnostics)
    {
        if (diagnostics.HasErrors)
            throw new InputException(diagnostics.All);
    }
}
