using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// What a two-armed <c>if</c> gives when its condition is false: the list item, map entry or property it stands for is as if it
/// had never been written. It never gets out of an evaluation.
/// </summary>
public sealed record OmittedValue : Value
{
    private OmittedValue()
    {
    }

    public static OmittedValue Instance { get; } = new();

    public override string TypeName => "omitted";
}
