namespace Undercloud.Heat.Yaml;

/// <summary>A text is not YAML. The exception does not leave the reader, which turns it into a finding.</summary>
internal sealed class YamlSyntaxException(int line, int column, string problem) : Exception(problem)
{
    /// <summary>The finding's code.</summary>
    public string Code { get; init; } = "YAML001";

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column, counted from 1.</summary>
    public int Column { get; } = column;
}
