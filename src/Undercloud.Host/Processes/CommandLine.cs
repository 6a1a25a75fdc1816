using System.Collections.Immutable;

namespace Undercloud.Host.Processes;

/// <summary>A program to run with its arguments, without a shell. Secrets are passed through <see cref="Input"/>, never as an argument.</summary>
public sealed record CommandLine(string Program, ImmutableArray<string> Arguments)
{
    public static CommandLine Of(string program, params ReadOnlySpan<string> arguments) => new(program, [.. arguments]);

    /// <summary>Text for standard input; null for none, so that the program reads end of file.</summary>
    public string? Input { get; init; }

    /// <summary>Variables that are set in addition to the inherited ones.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Runs the program in its own session: Ctrl-C at the terminal reaches only this tool, which then ends the whole process group in order.
    /// </summary>
    public bool OwnSession { get; init; }

    /// <summary>The time limit; null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The command as one would type it in a shell.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "_-./:=@%+,".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''")}'";
}
