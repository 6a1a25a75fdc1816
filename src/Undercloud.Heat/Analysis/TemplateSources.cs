using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Analysis;

/// <summary>The templates of one analysis, each read once.</summary>
internal sealed class TemplateSources(ITemplateFiles files)
{
    private readonly Dictionary<string, TemplateSource?> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _there = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _broken = [];

    /// <summary>The findings about files that are no templates.</summary>
    public ImmutableArray<Diagnostic> Broken => [.. _broken];

    /// <summary>The template at a path; null when there is none or it cannot be read.</summary>
    public TemplateSource? Find(string path)
    {
        if (!_sources.TryGetValue(path, out var source))
            _sources[path] = source = Read(path);
        return source;
    }

    /// <summary>Whether there is a file of this path.</summary>
    public bool Has(string path)
    {
        if (!_there.TryGetValue(path, out var there))
            _there[path] = there = files.Read(path) is not null || files.Failure(path) is not null;
        return there;
    }

    private TemplateSource? Read(string path)
    {
        var text = files.Read(path);
        var failure = text is null ? files.Failure(path) : null;
        _there[path] = text is not null || failure is not null;
        if (failure is not null)
            _broken.Add(failure);
        if (text is null)
            return null;
        var findings = new DiagnosticBag();
        if (YamlReader.Read(text, path, findings) is { } node && TemplateParser.Parse(node, path, findings) is { } template)
            return new(path, (YamlMapping)node, template, findings.All);
        _broken.AddRange(findings.All);
        return null;
    }
}
