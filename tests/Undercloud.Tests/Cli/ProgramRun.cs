using System.CommandLine;
using Undercloud.Cli;
using Undercloud.Cli.Commands;

namespace Undercloud.Tests.Cli;

/// <summary>Runs the program in this process. For tests of the collection <see cref="OneConsole"/>.</summary>
internal static class ProgramRun
{
    /// <summary>The exit code and what was printed.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(CommandTree.Create(new Composition()), TestContext.Current.CancellationToken, arguments);

    /// <summary>The same of one command alone.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(Command command, CancellationToken stop, params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using StringWriter captured = new(), told = new();
        Console.SetOut(captured);
        Console.SetError(told);
        try
        {
            var code = await command.Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false }, stop);
            return (code, captured.ToString(), told.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
