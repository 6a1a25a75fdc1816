using System.Runtime.CompilerServices;

namespace Undercloud.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath("../..", Path.GetDirectoryName(ThisFile())!);

    // Where sources are mapped for reproducible builds, the program's own place tells.
    private static string ThisFile([CallerFilePath] string path = "") =>
        File.Exists(path) ? path : Path.Combine(AppContext.BaseDirectory, "../../../../tests/Undercloud.Tests/x.cs");
}
