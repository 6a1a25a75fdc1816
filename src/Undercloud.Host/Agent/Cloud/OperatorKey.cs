using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Host.Agent.Files;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>The operator's SSH key, which is made when there is none, and never changed.</summary>
internal sealed class OperatorKey(AgentPlan plan, string path)
{
    private const int Bits = 3072;

    private string PublicPath => path + ".pub";

    /// <summary>Plans to make the key when there is none. False when there is one whose public part is missing.</summary>
    public bool Add()
    {
        var home = FileStatus.Of(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!);
        if (FileStatus.Of(PublicPath) is not null)
            return true;
        if (FileStatus.Of(path) is not null)
        {
            plan.Notes.Add($"{path} has no public key beside it, so there is none to give to Nova: write it with `ssh-keygen -y -f {path} > {PublicPath}`.");
            return false;
        }

        if (home is null)
        {
            plan.Notes.Add($"There is no home directory for {path}, so no SSH key is made.");
            return false;
        }

        var directory = Path.GetDirectoryName(path)!;
        if (FileStatus.Of(directory) is null)
            DirectoryPart.Apply(plan, [new(directory, home.Uid, home.Gid, "0700")]);
        foreach (var file in new[] { path, PublicPath })
            plan.Owned = plan.Owned with { Files = plan.Owned.Files.SetItem(file, new(Keep: true)) };
        plan.Add(new("file", path, "create"), () => Make(home));
        return true;
    }

    /// <summary>The public key, one line.</summary>
    public string Read() => File.ReadAllText(PublicPath).Trim();

    private void Make(FileStatus home)
    {
        using var key = RSA.Create(Bits);

        // The public one last: only when it is there is the key complete, and a run after an interruption makes another.
        NodeFile.Write(path, Encoding.ASCII.GetBytes(key.ExportRSAPrivateKeyPem() + "\n"), new(home.Uid, home.Gid, "0600"));
        NodeFile.Write(PublicPath, Encoding.ASCII.GetBytes(PublicLine(key.ExportParameters(includePrivateParameters: false)) + "\n"), new(home.Uid, home.Gid, "0644"));
    }

    // RFC 4253, section 6.6: the name, the exponent and the modulus, each with its length before it.
    private static string PublicLine(RSAParameters key)
    {
        using var blob = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var field in new[] { "ssh-rsa"u8.ToArray(), Number(key.Exponent!), Number(key.Modulus!) })
        {
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            blob.Write(length);
            blob.Write(field);
        }

        return $"ssh-rsa {Convert.ToBase64String(blob.ToArray())} undercloud";
    }

    // A first bit of one would make the number negative.
    private static byte[] Number(byte[] bytes) => bytes[0] >= 0x80 ? [0, .. bytes] : bytes;
}
