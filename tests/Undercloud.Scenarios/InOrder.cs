using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCaseOrderer(typeof(Undercloud.Scenarios.InOrder))]
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Undercloud.Scenarios;

/// <summary>Steps of a scenario run in the order they are written in.</summary>
public sealed class InOrder : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => test.SourceLineNumber)];
}
