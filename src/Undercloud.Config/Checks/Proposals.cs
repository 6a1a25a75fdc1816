namespace Undercloud.Config;

/// <summary>What the findings of one run propose so far, so that their proposals hold together: an option gets one value, and no address is proposed twice.</summary>
internal sealed class Proposals
{
    private readonly Dictionary<(string Group, string Name), AddressRange> _made = [];

    /// <summary>What was proposed for an option; null when nothing was.</summary>
    public AddressRange? Of(string group, string name) => _made.TryGetValue((group, name), out var range) ? range : null;

    /// <summary>Keeps a proposal.</summary>
    public void Add(string group, string name, AddressRange range) => _made[(group, name)] = range;

    /// <summary>What was proposed for all options but these of one section.</summary>
    public IEnumerable<AddressRange> Besides(string group, IReadOnlyCollection<string> names) =>
        _made.Where(made => made.Key.Group != group || !names.Contains(made.Key.Name)).Select(made => made.Value);
}
