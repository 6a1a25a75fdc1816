namespace Undercloud.Tests.Backups;

/// <summary>The program that compresses backups, which a backup installs and a test does not.</summary>
internal static class Zstd
{
    /// <summary>Skips the test on a host without the program.</summary>
    public static void Require() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "zstd"))), "zstd is not installed.");
}
