namespace Undercloud.Config;

/// <summary>The suggestions of the findings so far, so that they are consistent: an option gets one value, and no address is suggested twice.</summary>
internal sealed class Proposals
{
    private readonly Dictionary<(string Group, string Name), AddressRange> _made = [];

    /// <summary>The suggestion for an option; null when there is none.</summary>
    public AddressRange? Of(string group, string name) => _made.TryGetValue((group, name), out var range) ? range : null;

    /// <summary>Records a suggestion.</summary>
    public void Add(string group, string name, AddressRange range) => _made[(group, name)] = range;

    /// <summary>The suggestions for all options except these of one section.</summary>
    public IEnumerable<AddressRange> Besides(string group, IReadOnlyCollection<string> names) =>
        _made.Where(made => made.Key.Group != group || !names.Contains(made.Key.Name)).Select(made => made.Value);
}
