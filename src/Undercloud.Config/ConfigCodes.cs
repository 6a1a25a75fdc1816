using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>The stable codes of the findings about undercloud.conf. A code keeps its meaning; new ones are added at the end.</summary>
public static class ConfigCodes
{
    /// <summary>There is no file; the defaults apply.</summary>
    public const string Missing = "CFG001";

    /// <summary>A line is not oslo.config syntax.</summary>
    public const string Syntax = "CFG002";

    /// <summary>No release knows the section.</summary>
    public const string UnknownSection = "CFG003";

    /// <summary>No release knows the option.</summary>
    public const string UnknownOption = "CFG004";

    /// <summary>The option or section is known but has no effect yet.</summary>
    public const string NotSupported = "CFG005";

    /// <summary>An old name is used.</summary>
    public const string Deprecated = "CFG006";

    /// <summary>An option is set more than once, by one name or by its old and its new one.</summary>
    public const string SetTwice = "CFG007";

    /// <summary>A value is not what the option takes.</summary>
    public const string WrongValue = "CFG008";

    /// <summary>A $name refers to nothing, or to itself.</summary>
    public const string Reference = "CFG009";

    /// <summary>A host's address is not in the network of local_ip.</summary>
    public const string OutsideNetwork = "CFG010";

    /// <summary>Two options have the same address.</summary>
    public const string SameAddress = "CFG011";

    /// <summary>The option can have no effect; the finding says why and what to do instead.</summary>
    public const string NoEffect = "CFG012";

    /// <summary>Findings about options that do not fit each other: the run can go on in spite of them.</summary>
    public static ImmutableArray<string> OfValidations { get; } = [OutsideNetwork, SameAddress];
}
