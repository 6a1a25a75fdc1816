using System.Diagnostics;

namespace Undercloud.Tests;

/// <summary>Runs a script of tests/differential with Debian's Python, whose answers ours are compared with.</summary>
internal static class PythonOracle
{
    private const string Python = "/usr/bin/python3";

    /// <summary>What the script writes when it reads <paramref name="input"/>. The test is skipped where Python lacks a module.</summary>
    public static async Task<string> Answer(string module, string script, string input, params string[] arguments)
    {
        if (!File.Exists(Python) || await Run(["-c", $"import {module}"], "") is { Code: not 0 })
            Assert.Skip($"{Python} cannot import {module}.");
        var (code, output, errors) = await Run([Path.Combine(AppContext.BaseDirectory, "differential", script), .. arguments], input);
        Assert.True(code == 0, errors);
        return output;
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
