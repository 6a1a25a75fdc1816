namespace Undercloud.Tests.Cli;

/// <summary>Runs <c>undercloud template</c> on a tree in this process. For tests of the collection <see cref="OneConsole"/>.</summary>
internal static class TemplateRun
{
    /// <summary>The exit code and what was printed.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(string tree, params string[] arguments) =>
        ProgramRun.RunAsync(["template", arguments[0], "--templates", tree, .. arguments[1..]]);
}
