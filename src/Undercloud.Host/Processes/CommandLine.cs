using System.Collections.Immutable;

namespace Undercloud.Host.Processes;

/// <summary>A program to run, as the kernel takes it: no shell in between. Secrets go to <see cref="Input"/>, never to an argument.</summary>
public sealed record CommandLine(string Program, ImmutableArray<string> Arguments)
{
    public static CommandLine Of(string program, params ReadOnlySpan<string> arguments) => new(program, [.. arguments]);

    /// <summary>Text for standard input; null for none (the program sees end of file).</summary>
    public string? Input { get; init; }

    /// <summary>Variables set besides the inherited ones.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Runs it in a session of its own: a Ctrl-C at the terminal reaches this tool alone, which then ends the whole group in order.
    /// </summary>
    public bool OwnSession { get; init; }

    /// <summary>How long it may take; null for as long as it wants.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The command as one could type it.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "_-./:=@%+,".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''")}'";
}
