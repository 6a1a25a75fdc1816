using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Tells which of a driver's values are secret.</summary>
public static class DriverSecrets
{
    private static readonly string[] s_words = ["password", "secret", "token", "auth_key", "priv_key", "private_key", "hex_kg_key", "key_contents", "community"];

    /// <summary>Whether the driver's key holds a secret.</summary>
    public static bool Has(string key) => s_words.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>All secrets of some nodes.</summary>
    public static IEnumerable<string> Of(IEnumerable<WantedNode> nodes) =>
        nodes.SelectMany(node => node.DriverInfo.Entries).Where(entry => Has(entry.Key)).Select(entry => Scalars.Text(entry.Value)).OfType<string>();
}
