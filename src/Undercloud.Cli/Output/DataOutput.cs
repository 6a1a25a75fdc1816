using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Cli.Output;

/// <summary>Writes values to standard output as json or yaml.</summary>
internal static class DataOutput
{
    public static string Text(Value value, string format) => format == "json" ? CanonicalJson.WriteIndented(value) : YamlWriter.Write(value);

    public static void Write(Value value, string format) => Console.Out.Write(Text(value, format));
}
