using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Functions;

/// <summary>A function: its name, the versions that have it, and the parser of its calls.</summary>
/// <param name="Name">The name in templates.</param>
/// <param name="Since">The first version that has it in values; null when none does.</param>
/// <param name="Create">Parses a call.</param>
public sealed record FunctionDefinition(string Name, HotVersion? Since, Func<FunctionCall, Expression> Create)
{
    /// <summary>The first version that has it inside of conditions; null when none does.</summary>
    public HotVersion? SinceInConditions { get; init; }

    /// <summary>The last version that has it; later versions reject it.</summary>
    public HotVersion Until { get; init; } = (HotVersion)int.MaxValue;
}
