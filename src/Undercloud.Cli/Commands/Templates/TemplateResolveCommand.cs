using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template resolve</c>: a stack's outputs as Heat would return them.</summary>
public static class TemplateResolveCommand
{
    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var output = new Option<string?>("-o", "--output-file") { Description = "The file to write, with mode 0600, because the outputs contain passwords. Default: standard output.", HelpName = "FILE" };
        var command = new Command("resolve", "Resolve a tree of Heat templates and write the root stack's outputs as canonical JSON.") { output };
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var request = await options.RequestAsync(parsed, composition, findings, stop);
            if (request is null || findings.HasErrors)
                return TemplateFindings.Fail(findings.All);
            var result = StackResolver.Resolve(request);
            if (result.HasErrors)
                return TemplateFindings.Fail(TemplateFindings.Of(result));
            var text = CanonicalJson.Write(result.Outputs) + "\n";
            if (parsed.GetValue(output) is { } file and not "-")
                return Write(file, text);
            Console.Out.Write(text);
            return ExitCodes.Done;
        });
        return command;
    }

    private static int Write(string file, string text)
    {
        try
        {
            // A device or a pipe (/dev/null, /dev/stdout, >(…)) is written to; a file is replaced atomically.
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is "/dev" or "/dev/fd" or "/proc/self/fd")
                File.WriteAllText(file, text);
            else
                AtomicFile.WriteText(file, text);
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file} cannot be written: {FailureWords.Of(exception)}");
            return ExitCodes.Failed;
        }
    }
}
