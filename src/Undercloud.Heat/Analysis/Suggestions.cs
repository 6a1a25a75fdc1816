using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Analysis;

/// <summary>Remedies for unknown names within a limited time: a template may have thousands of wrong names among thousands of right ones.</summary>
internal sealed class Suggestions
{
    private int _left = 1_000_000;

    /// <summary>The remedy for a name; null when no name is similar, or when enough names have been compared.</summary>
    public string? For(string name, IEnumerable<string> candidates)
    {
        if (_left <= 0)
            return null;
        var known = candidates.ToList();
        _left -= known.Count;
        return Suggestion.For(name, known);
    }
}
