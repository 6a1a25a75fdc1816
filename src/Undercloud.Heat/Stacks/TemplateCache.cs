using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Stacks;

/// <summary>The templates of one resolution, each parsed once.</summary>
internal sealed class TemplateCache(Resolution resolution)
{
    private readonly Dictionary<string, HotTemplate?> _templates = new(StringComparer.Ordinal);

    public IEnumerable<HotTemplate> All => _templates.Values.OfType<HotTemplate>();

    /// <summary>The template at a path, or null; errors in it are reported.</summary>
    /// <param name="path">The normalised path.</param>
    /// <param name="from">The place of the reference.</param>
    public HotTemplate? Find(string path, SourceSpan? from)
    {
        if (_templates.TryGetValue(path, out var template))
            return template;
        if (resolution.Request.Files.Read(path) is not { } text)
        {
            if (resolution.Request.Files.Failure(path) is { } failure)
                resolution.Report(failure);
            else
                resolution.Error(from ?? new(path, 0, 0), "HOT001", $"There is no template '{path}'.", TemplatePath.RemedyOfUrl(path));
            return _templates[path] = null;
        }

        var findings = new DiagnosticBag();
        // Heat overwrites the defaults of nested templates with the environment's (hot/template.py, param_schemata), so the templates' own need
        // not even be valid; those of the root template are checked as written.
        template = TemplateParser.Parse(text, path, findings, from is null ? null : resolution.Request.Environment.ParameterDefaults);
        foreach (var finding in findings.All)
            resolution.Report(finding);
        return _templates[path] = template;
    }

    /// <summary>The names of a template's parameters, whether or not it is instantiated or even valid.</summary>
    public IEnumerable<string> ParameterNames(string path)
    {
        if (_templates.TryGetValue(path, out var known))
            return known?.Parameters.Keys ?? [];
        return resolution.Request.Files.Read(path) is { } text && TemplateParser.Parse(text, path, new()) is { } template
            ? template.Parameters.Keys
            : [];
    }
}
