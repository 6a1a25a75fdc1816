using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;

namespace Undercloud.Host.Gathering;

/// <summary>The stack that an undercloud.conf stands for, for those who only look at it.</summary>
public sealed class ConfiguredStackReader(Gatherer gatherer, InstalledRelease installed)
{
    /// <summary>
    /// The stack and the roles file it is made with; null when the configuration is wrong. Only errors are reported: `config validate` is
    /// who judges a configuration.
    /// </summary>
    /// <param name="conf">undercloud.conf.</param>
    /// <param name="isNamed">Whether it was asked for by name, and has to be there; else the defaults stand for one that is missing.</param>
    /// <param name="home">The operator's home.</param>
    /// <param name="diagnostics">Takes the errors.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<(StackRequest Request, InputFile Roles)?> ReadAsync(string conf, bool isNamed, string home, DiagnosticBag diagnostics, CancellationToken stop)
    {
        var findings = new DiagnosticBag();
        try
        {
            var inputs = await InputsAsync(conf, isNamed, home, findings, stop);
            return inputs is not null && StackPlanner.Request(inputs, findings) is { } stack ? (stack, inputs.Roles) : null;
        }
        finally
        {
            diagnostics.AddRange(findings.All.Where(finding => finding.Severity == Severity.Error));
        }
    }

    /// <summary>Where the images of the configuration come from. Without a file of that name every image is built.</summary>
    /// <param name="conf">undercloud.conf.</param>
    /// <param name="isNamed">Whether it was asked for by name, and has to be there.</param>
    /// <param name="home">The operator's home.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InputException">The configuration is wrong.</exception>
    public async Task<ImageSources> SourcesAsync(string conf, bool isNamed, string home, CancellationToken stop)
    {
        var findings = new DiagnosticBag();
        var inputs = await InputsAsync(conf, isNamed, home, findings, stop);
        var sources = inputs is null ? ImageSources.None : StackPlanner.Sources(inputs, findings);
        return findings.HasErrors ? throw new InputException(findings.All) : sources;
    }

    // Null when there are errors.
    private async Task<Inputs?> InputsAsync(string conf, bool isNamed, string home, DiagnosticBag findings, CancellationToken stop)
    {
        var request = new RunRequest(conf, [], home, null, ConfigRelease.None, Validations: true) { IsNamed = isNamed };
        var config = request.ReadConfig(findings);
        var release = ReleaseChoice.For(null, installed.Read(), findings);
        if (findings.HasErrors || release is null)
            return null;

        // To look at templates, passwords need not be those of the host; two looks have to see the same ones.
        var inputs = await gatherer.GatherAsync(request, config, release.Name, installed: false, findings, stop, new StableRandom());
        return findings.HasErrors ? null : inputs;
    }
}
