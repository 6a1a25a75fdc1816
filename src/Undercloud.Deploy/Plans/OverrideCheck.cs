using System.Collections.Immutable;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>A parameter <c>&lt;Service&gt;ConfigOverrides</c> as the operator set it.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Location">Its place, when it is set in a file.</param>
public sealed record OverrideParameter(string Name, Value Value, SourceSpan? Location)
{
    /// <summary>Files that only hieradata names; another finding reports those that no service has.</summary>
    public ImmutableHashSet<string> FromHieradata { get; init; } = [];
}

/// <summary>Checks the operator's overrides of services' configuration files: the files' names, sections and options.</summary>
internal static class OverrideCheck
{
    private const string Shape = "The shape is file, section, option, value: {keystone.conf: {token: {expiration: 3600}}}; in a file without sections: file, option, value.";

    /// <summary>A finding for each file that no service with these overrides writes, and for each value of a wrong shape.</summary>
    public static void Run(ImmutableArray<ServiceData> services, ImmutableArray<OverrideParameter> parameters, DiagnosticBag diagnostics)
    {
        // Services that share a file share the parameter: every service of Nova takes NovaConfigOverrides.
        foreach (var group in services.Where(service => service.ConfigOverrides.Count > 0).GroupBy(service => (Value)service.ConfigOverrides))
        {
            var parameter = parameters.FirstOrDefault(parameter => parameter.Value.Equals(group.Key));
            var what = parameter?.Name ?? $"{group.First().Name}.config_overrides";
            ImmutableArray<ConfigFile> files = [.. group.SelectMany(service => service.Files)];
            foreach (var (name, options) in ((MapValue)group.Key).Entries.Where(entry => parameter?.FromHieradata.Contains(entry.Key) != true))
                Check(what, name, options, [.. files.Where(file => ConfigOverrides.IsNamed(file, name))], files, parameter?.Location, diagnostics);
        }
    }

    private static void Check(
        string what, string name, Value options, ImmutableArray<ConfigFile> named, ImmutableArray<ConfigFile> all, SourceSpan? location, DiagnosticBag diagnostics)
    {
        if (named.IsEmpty)
        {
            diagnostics.Error(location, "PLAN011", $"{what}.{name} is no configuration file of the service.", Known(name, all));
            return;
        }

        foreach (var file in named)
        {
            if (!ConfigOverrides.Reach(file))
                diagnostics.Error(location, "PLAN011", $"{what}.{name} is a file without options.", Known(name, all));
            else if (ConfigOverrides.ProblemOf(file.Format, options) is { } problem)
                diagnostics.Error(location, "PLAN012", $"{what}.{name}{problem}.", Shape);
        }
    }

    private static string Known(string name, ImmutableArray<ConfigFile> files)
    {
        var names = files.Where(ConfigOverrides.Reach).Select(file => Path.GetFileName(file.Path)).Distinct().ToList();
        return names.Count == 0 ? "The service has no file whose options can be set."
            : NearestName.Of(name, names) is { } nearest ? $"Did you mean '{nearest}'? {Shape}"
            : $"Its files are {string.Join(", ", names)}. {Shape}";
    }
}
