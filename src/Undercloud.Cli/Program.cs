using System.CommandLine;
using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Cli.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

WrappingWriter.Install();

// An interrupted install ends its children in order, which takes longer than the parser's own limit of two seconds.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2), EnableDefaultExceptionHandler = false };
var parsed = CommandTree.Create(new Composition()).Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(UsageWords.Of(error.Message));
    Console.Error.WriteLine($"See `{UsageWords.HelpFor(parsed)}`.");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(invocation);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCodes.Interrupted;
}
catch (Exception failure) when (failure is InstallException or HostCommandException or UnauthorizedAccessException or IOException)
{
    Console.Error.WriteLine(FailureWords.Of(failure));
    return RunEnd.CodeOf(failure);
}
