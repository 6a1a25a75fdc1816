namespace Undercloud.Deploy.Manifests;

/// <summary>Where this tool keeps what it remembers about a node.</summary>
public static class ToolState
{
    /// <summary>The directory, readable by root alone but for what says otherwise.</summary>
    public const string Directory = "/var/lib/undercloud";
}
