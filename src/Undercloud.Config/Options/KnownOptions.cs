using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>
/// The names of the option table: those that instack-undercloud (pike, queens) or python-tripleoclient (queens to wallaby) read, former names
/// included.
/// </summary>
public static class KnownOptions
{
    /// <summary>The section of passwords of instack-undercloud.</summary>
    public const string AuthSection = "auth";

    /// <summary>The section of the only subnet when <c>subnets</c> is not set.</summary>
    public const string SubnetSection = "ctlplane-subnet";

    /// <summary>The option of [DEFAULT] that lists the sections of subnets.</summary>
    public const string Subnets = "subnets";

    /// <summary>Options of [DEFAULT].</summary>
    public static ImmutableArray<string> Default { get; } =
        NamesOf(OsloConfigFile.DefaultSection, SubnetOptions.All.SelectMany(option => option.FlatNames));

    /// <summary>Options of [DEFAULT] without pike's names for a subnet's options.</summary>
    public static ImmutableArray<string> OwnDefault { get; } = NamesOf(OsloConfigFile.DefaultSection, []);

    /// <summary>Options of a subnet's section.</summary>
    public static ImmutableArray<string> Subnet { get; } = NamesOf(SubnetSection, []);

    /// <summary>Options of [auth].</summary>
    public static ImmutableArray<string> Auth { get; } = NamesOf(AuthSection, []);

    /// <summary>The options of a section of a file, former names included; null when no release has the section.</summary>
    public static ImmutableArray<string>? Of(string section, SubnetSections subnets) =>
        section == OsloConfigFile.DefaultSection ? Default
        : OsloConfigFile.IsSameSection(section, AuthSection) ? Auth
        : subnets.Names.Append(SubnetSection).Any(subnet => OsloConfigFile.IsSameSection(section, subnet)) ? Subnet
        : null;

    private static ImmutableArray<string> NamesOf(string section, IEnumerable<string> others) =>
    [
        .. UndercloudOptions.All.Where(option => option.Group == section)
            .SelectMany(option => option.DeprecatedNames.Prepend(option.Name))
            .Concat(others)
            .Order(StringComparer.Ordinal),
    ];
}
