using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// The result of an <c>if</c> without an else branch when its condition is false: its list item, map entry or property is treated as if it
/// had not been written. It never leaves an evaluation.
/// </summary>
public sealed record OmittedValue : Value
{
    private OmittedValue()
    {
    }

    public static OmittedValue Instance { get; } = new();

    public override string TypeName => "omitted";
}
