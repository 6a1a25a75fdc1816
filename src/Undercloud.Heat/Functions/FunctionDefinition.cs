using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Functions;

/// <summary>A function: its name, the versions that know it, and how its call is parsed.</summary>
/// <param name="Name">The name in templates.</param>
/// <param name="Since">The first version that knows it where values stand; null when none does.</param>
/// <param name="Create">Parses a call.</param>
public sealed record FunctionDefinition(string Name, HotVersion? Since, Func<FunctionCall, Expression> Create)
{
    /// <summary>The first version that knows it inside of conditions; null when none does.</summary>
    public HotVersion? SinceInConditions { get; init; }

    /// <summary>The last version that knows it; later ones refuse it.</summary>
    public HotVersion Until { get; init; } = (HotVersion)int.MaxValue;
}
