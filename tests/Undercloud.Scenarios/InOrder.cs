using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestMethodOrderer(typeof(Undercloud.Scenarios.InOrder))]
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Undercloud.Scenarios;

/// <summary>
/// Runs the steps of a scenario in the order that <see cref="StepsAttribute"/> of their class declares; without the attribute, in the order of the source,
/// which is the order of their tokens in the assembly.
/// </summary>
public sealed class InOrder : ITestMethodOrderer
{
    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(IReadOnlyCollection<TTestMethod?> testMethods)
        where TTestMethod : notnull, ITestMethod =>
        [.. testMethods.OrderBy(method => method is IXunitTestMethod written ? PlaceOf(written.Method) : 0)];

    private static int PlaceOf(MethodInfo method) =>
        method.DeclaringType?.GetCustomAttribute<StepsAttribute>() is { } steps ? Array.IndexOf(steps.Names, method.Name) : method.MetadataToken;
}
