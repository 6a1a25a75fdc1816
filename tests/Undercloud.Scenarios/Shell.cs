using System.Diagnostics;
using System.Text;

namespace Undercloud.Scenarios;

/// <summary>The output and exit code of a command.</summary>
public sealed record Ran(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>This result if the exit code is the expected one; else the test fails with the whole output.</summary>
    public Ran Expect(int exitCode = 0)
    {
        if (ExitCode != exitCode)
            Assert.Fail($"`{Command}` ended with {ExitCode}, not {exitCode}.\n--- output\n{Output}\n--- error\n{Error}");
        return this;
    }
}

/// <summary>Runs the tool as its user does: through the launcher in the checkout.</summary>
public static class Shell
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary><c>./undercloud ARGUMENTS</c>.</summary>
    public static Ran Undercloud(params string[] arguments) => Run(Path.Combine(Root, "undercloud"), arguments);

    public static Ran Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = Collect(process.StandardOutput);
        var error = Collect(process.StandardError);
        var command = $"{Path.GetFileName(program)} {string.Join(' ', arguments)}";
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"`{command}` was still running after {s_patience.TotalMinutes} minutes.\n{output.Result}\n{error.Result}");
        }

        return new(command, process.ExitCode, output.Result, error.Result);
    }

    private static Process Start(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        var process = Process.Start(info)!;
        process.StandardInput.Close();
        return process;
    }

    private static Task<string> Collect(StreamReader reader) => Task.Run(() =>
    {
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
            text.AppendLine(line);
        return text.ToString();
    });

    private static string FindRoot()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Undercloud.slnx")))
                return directory;
        }

        throw new DirectoryNotFoundException("The scenarios run from a checkout.");
    }
}
