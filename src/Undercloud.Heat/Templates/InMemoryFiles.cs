using System.Collections.Immutable;

namespace Undercloud.Heat.Templates;

/// <summary>A tree of files held in memory.</summary>
public sealed class InMemoryFiles(IEnumerable<KeyValuePair<string, string>> files) : ITemplateFiles
{
    private readonly ImmutableDictionary<string, string> _files =
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, files.Select(file => KeyValuePair.Create(TemplatePath.Normalise(file.Key), file.Value)));

    public string? Read(string path) => _files.GetValueOrDefault(path);
}
