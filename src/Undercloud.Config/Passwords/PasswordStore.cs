using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Completes a deployment's passwords.</summary>
public static class PasswordStore
{
    /// <summary>
    /// Every password: the given ones, then the existing ones unchanged, then a new one for each name of the table
    /// that is missing or null.
    /// </summary>
    /// <param name="existing">The parameter_defaults of the passwords file; empty when there is none.</param>
    /// <param name="given">The passwords of undercloud.conf, see <see cref="Given"/>.</param>
    /// <param name="random">The source of new passwords.</param>
    /// <returns>All passwords, and the names of the new ones.</returns>
    public static (MapValue All, ImmutableArray<string> Generated) Complete(MapValue existing, MapValue given, IRandomSource random)
    {
        MapValue known = new([.. existing.Entries.Where(entry => !given.ContainsKey(entry.Key)), .. given.Entries]);
        ImmutableArray<PasswordKind> missing = [.. PasswordTable.All.Where(kind => known[kind.Name] is null or NullValue)];
        var all = new MapValue(known.Entries.Concat(
            missing.Select(kind => KeyValuePair.Create(kind.Name, kind.Generate(random)))));
        return (all, [.. missing.Select(kind => kind.Name)]);
    }

    /// <summary>The passwords, by their parameters' names, that [auth] of a configuration sets.</summary>
    public static MapValue Given(UndercloudConfig config) => new(
        from setting in config.Settings
        where setting.Option.Group == KnownOptions.AuthSection && !setting.IsDefault && setting.Value is not NullValue
        from parameter in setting.Option.Parameters
        select KeyValuePair.Create(parameter.Name, parameter.From(setting.Value)));
}
