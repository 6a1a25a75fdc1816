using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>Values as YAML.</summary>
public static class YamlWriter
{
    public static string Write(Value value) => CanonicalJson.WriteIndented(value);
}
