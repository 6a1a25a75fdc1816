using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Completes a deployment's passwords.</summary>
public static class PasswordStore
{
    /// <summary>
    /// Every password: the existing ones as they are, whatever they are, then a new one for each name of the table that is missing or null.
    /// </summary>
    /// <param name="existing">The parameter_defaults of the passwords file; empty when there is none.</param>
    /// <param name="random">Where new passwords come from.</param>
    /// <returns>All passwords, and the names of those that are new.</returns>
    public static (MapValue All, ImmutableArray<string> Generated) Complete(MapValue existing, IRandomSource random)
    {
        ImmutableArray<PasswordKind> missing = [.. PasswordTable.All.Where(kind => existing[kind.Name] is null or NullValue)];
        var all = new MapValue(existing.Entries.Concat(
            missing.Select(kind => KeyValuePair.Create(kind.Name, kind.Generate(random)))));
        return (all, [.. missing.Select(kind => kind.Name)]);
    }
}
