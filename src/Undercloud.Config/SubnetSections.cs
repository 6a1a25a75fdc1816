using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The sections of subnets that a file declares.</summary>
/// <param name="Names">The names in <c>subnets</c>, as written.</param>
/// <param name="Local">The section that <c>local_subnet</c> names, or null.</param>
public sealed record SubnetSections(ImmutableArray<string> Names, string? Local)
{
    // A file with more subnets has an error at `subnets`; this limit only bounds the work.
    private const int Most = 256;

    /// <summary>Reads the sections before anything else, since the table depends on them. Errors are reported when the options are read.</summary>
    public static SubnetSections Of(OsloConfigFile file)
    {
        var named = Text(file, AddressOptions.Subnets)?.Split(',').Select(PythonText.Strip).Where(name => IsName(name))
            ?? ((ListValue)AddressOptions.Subnets.Default).Items.Select(name => ((StringValue)name).Text);
        ImmutableArray<string> names = [.. named.DistinctBy(name => name.ToLowerInvariant()).Take(Most)];
        var local = Text(file, AddressOptions.LocalSubnet) ?? ((StringValue)AddressOptions.LocalSubnet.Default).Text;
        return new(names, names.FirstOrDefault(name => OsloConfigFile.IsSameSection(name, PythonText.Strip(local))));
    }

    private static string? Text(OsloConfigFile file, ConfigOption option) => file.All(option.Group, option.Name).LastOrDefault()?.Text;

    private static bool IsName(string name) => OptionTypes.SectionName.Read(name).Value is not null;
}
