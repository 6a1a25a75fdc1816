using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>A password of a deployment: its parameter, and the generator of a new one.</summary>
public sealed record PasswordKind(string Name, Func<IRandomSource, Value> Generate)
{
    /// <summary>Whether it is a map of files with their content, and no text.</summary>
    public bool IsMap { get; init; }
}

/// <summary>
/// The passwords of every deployment, with the shapes of python-tripleoclient train. Excluded are key pairs for SSH, everything of
/// Ceph, and the passphrases of Octavia's certificate authorities: no deployed service uses them. If an existing file
/// has them, they stay in it.
/// </summary>
public static class PasswordTable
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly ImmutableArray<string> s_ordinary =
    [
        "AdminPassword", "AdminToken", "AodhPassword", "BarbicanPassword", "CeilometerMeteringSecret", "CeilometerPassword",
        "CinderPassword", "CongressPassword", "DesignatePassword", "Ec2ApiPassword", "EtcdInitialClusterToken", "GlancePassword",
        "GnocchiPassword", "HAProxyStatsPassword", "HeatPassword", "HeatStackDomainAdminPassword", "IronicPassword",
        "LibvirtTLSPassword", "ManilaPassword", "MistralPassword", "MysqlClustercheckPassword", "MysqlMariabackupPassword",
        "NeutronMetadataProxySharedSecret", "NeutronPassword", "NotifyPassword", "NovaPassword", "NovajoinPassword",
        "OctaviaHeartbeatKey", "OctaviaPassword", "OpenDaylightPassword", "PankoPassword", "PlacementPassword", "RabbitPassword",
        "RedisPassword", "RpcPassword", "SaharaPassword", "SnmpdReadonlyUserPassword", "SwiftHashSuffix", "SwiftPassword",
        "ZaqarPassword",
    ];

    /// <summary>Every password, sorted by name.</summary>
    public static ImmutableArray<PasswordKind> All { get; } =
    [
        .. s_ordinary.Select(name => Text(name, 25))
            .Append(Text("HeatAuthEncryptionKey", 32)) // Heat takes 16, 24 or 32 bytes.
            .Append(Text("HorizonSecret", 10))
            .Append(Text("MysqlRootPassword", 10))
            .Append(Text("PacemakerRemoteAuthkey", 4096))
            .Append(Text("PcsdPassword", 16))
            .Append(Text("RabbitCookie", 20))
            .Append(new("BarbicanSimpleCryptoKek", random => FernetKey(random)))
            .Append(new("DesignateRndcKey", random => Convert.ToBase64String(Bytes(random, 32))))
            .Append(new("KeystoneCredential0", random => FernetKey(random)))
            .Append(new("KeystoneCredential1", random => FernetKey(random)))
            .Append(new("KeystoneFernetKey0", random => FernetKey(random)))
            .Append(new("KeystoneFernetKey1", random => FernetKey(random)))
            .Append(new("KeystoneFernetKeys", FernetKeys) { IsMap = true })
            .OrderBy(kind => kind.Name, StringComparer.Ordinal),
    ];

    private static PasswordKind Text(string name, int length) => new(name, random => Alphanumeric(random, length));

    private static string Alphanumeric(IRandomSource random, int length)
    {
        var text = new char[length];
        var filled = 0;
        while (filled < length)
        {
            foreach (var b in Bytes(random, length - filled))
            {
                // The bytes beyond the last whole alphabet are discarded, so that all letters are equally likely.
                if (b < 256 / Letters.Length * Letters.Length)
                    text[filled++] = Letters[b % Letters.Length];
            }
        }

        return new string(text);
    }

    // A Fernet key is 32 bytes in the URL-safe alphabet, padding kept (source: the Fernet specification).
    private static string FernetKey(IRandomSource random) =>
        Convert.ToBase64String(Bytes(random, 32)).Replace('+', '-').Replace('/', '_');

    private static MapValue FernetKeys(IRandomSource random) =>
        new(new[] { 0, 1 }.Select(number => KeyValuePair.Create<string, Value>(
            $"/etc/keystone/fernet-keys/{number}",
            new MapValue([KeyValuePair.Create<string, Value>("content", FernetKey(random))]))));

    private static byte[] Bytes(IRandomSource random, int count)
    {
        var bytes = new byte[count];
        random.Fill(bytes);
        return bytes;
    }
}
