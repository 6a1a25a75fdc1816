using System.CommandLine;
using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Host.Processes;

var root = new RootCommand("Installs and looks after an OpenStack undercloud.");
var processes = new ProcessRunner(TimeProvider.System);
root.Add(ImageCommand.Create(processes, TimeProvider.System));
root.Add(SandboxCommand.Create(processes, TimeProvider.System));

// An interrupted install ends its children in order; the parser's own limit of two seconds would cut that short.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2), EnableDefaultExceptionHandler = false };
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    return ExitCodes.Usage;
}

return await parsed.InvokeAsync(invocation);
