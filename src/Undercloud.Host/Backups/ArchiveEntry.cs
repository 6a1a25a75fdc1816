namespace Undercloud.Host.Backups;

/// <summary>An entry of an archive, as its manifest lists it.</summary>
/// <param name="Name">The name in the archive.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in hexadecimal digits.</param>
public sealed record ArchiveEntry(string Name, long Size, string Sha256);
