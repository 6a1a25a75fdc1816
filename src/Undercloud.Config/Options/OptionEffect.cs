namespace Undercloud.Config;

/// <summary>What setting an option comes to.</summary>
public enum OptionEffect
{
    /// <summary>The service it belongs to is not there yet: it is read and checked, and a warning names it.</summary>
    Planned,

    /// <summary>It does what it says.</summary>
    Applied,

    /// <summary>It can have no effect, and the option says why and what to do instead.</summary>
    None,
}
