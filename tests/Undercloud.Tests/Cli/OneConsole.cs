namespace Undercloud.Tests.Cli;

/// <summary>Tests that take what is printed: there is one console, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneConsole
{
    public const string Name = "console";
}
