using System.Diagnostics;

namespace Undercloud.Tests.Images;

/// <summary>Runs Python programs that use the modules of the images.</summary>
internal static class ImagePython
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs a program that has to succeed; the test is skipped on a host without Python.</summary>
    /// <param name="program">The program's text.</param>
    /// <param name="stubs">A directory of modules that take the place of a service's.</param>
    /// <returns>What the program printed.</returns>
    public static string Run(string program, string stubs)
    {
        Assert.SkipUnless(File.Exists(Python), $"There is no {Python}.");
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", program])
        {
            RedirectStandardOutput = true,
            Environment = { ["PYTHONPATH"] = $"{stubs}:{Path.Combine(Repository.Root, "images", "files")}", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return said;
    }
}
