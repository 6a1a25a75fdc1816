namespace Undercloud.Deploy.BareMetal;

/// <summary>The codes of findings about a file of nodes.</summary>
internal static class NodeCodes
{
    public const string File = "NODE001";
    public const string Type = "NODE002";
    public const string Missing = "NODE003";
    public const string Unknown = "NODE004";
    public const string Value = "NODE005";
    public const string Twice = "NODE006";
    public const string FormerType = "NODE007";
    public const string TypeNotEnabled = "NODE008";
    public const string InterfaceNotEnabled = "NODE009";
    public const string Ambiguous = "NODE010";
    public const string Unnamed = "NODE011";
}
