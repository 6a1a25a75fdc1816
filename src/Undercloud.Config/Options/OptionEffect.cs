namespace Undercloud.Config;

/// <summary>The effect of setting an option.</summary>
public enum OptionEffect
{
    /// <summary>Its service is not supported yet: the option is read and checked, and a warning names it.</summary>
    Planned,

    /// <summary>It has its documented effect.</summary>
    Applied,

    /// <summary>It can have no effect; the option has a reason and an alternative.</summary>
    None,
}
