using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Config;

/// <summary>The file of hieradata_override: plain hieradata, or a Heat environment that has it in parameter_defaults.</summary>
/// <param name="Keys">The hieradata of a plain file.</param>
/// <param name="IsEnvironment">Whether it is a Heat environment.</param>
public sealed record HieradataFile(YamlMapping Keys, bool IsEnvironment)
{
    private static readonly string[] s_sections = ["parameter_defaults", "parameters", "resource_registry"];

    /// <summary>The file, or null when it contains no map, which is reported.</summary>
    public static HieradataFile? Read(string text, string path, DiagnosticBag diagnostics)
    {
        // python-tripleoclient rejects an empty file too: it was meant to have an effect.
        var findings = new DiagnosticBag();
        var node = string.IsNullOrWhiteSpace(text) ? null : YamlReader.Read(text, path, findings);
        diagnostics.AddRange(findings.All);
        if (node is YamlMapping { Entries.Length: > 0 } map)
            return new(map, map.Entries.Any(entry => s_sections.Contains(entry.Key)));
        if (!findings.HasErrors)
        {
            diagnostics.Error(
                node?.Span ?? new SourceSpan(path, 0, 0),
                HieradataCodes.Unusable,
                node is null or YamlScalar { Value: NullValue } or YamlMapping ? "The file of hieradata_override is empty." : "The file of hieradata_override holds no map.",
                "Write keys and values (keystone::token_expiration: 3600) or a Heat environment, or take hieradata_override out of undercloud.conf.");
        }

        return null;
    }

    /// <summary>The file as an environment: plain hieradata is the value of the role's ExtraConfig (python-tripleoclient).</summary>
    public HeatEnvironment ToEnvironment(string text, string path, string role, DiagnosticBag diagnostics) => IsEnvironment
        ? HeatEnvironment.Parse(text, path, diagnostics)
        : HeatEnvironment.OfDefaults(new MapValue([new(HieradataLevels.OfRole(role), Keys.ToValue())]));
}
