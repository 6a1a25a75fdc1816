namespace Undercloud.Heat.Diagnostics;

/// <summary>The remedy for an unknown name.</summary>
public static class Suggestion
{
    private const int Listed = 12;

    /// <summary>"Did you mean 'x'?" when a name is near enough, else the list of names when it is short, else null.</summary>
    public static string? For(string name, IEnumerable<string> candidates)
    {
        var known = candidates.ToList();
        return NearestName.Of(name, known) is { } nearest ? $"Did you mean '{nearest}'?"
            : known.Count is > 0 and <= Listed ? $"Known are {string.Join(", ", known)}."
            : null;
    }
}
