namespace Undercloud.Scenarios;

/// <summary>The steps of a scenario in the order in which they run. One class may have its steps in several files.</summary>
/// <param name="names">The names of the test methods.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StepsAttribute(params string[] names) : Attribute
{
    public string[] Names => names;
}
