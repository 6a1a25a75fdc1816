namespace Undercloud.Deploy.Manifests;

/// <summary>The tool's records about a node.</summary>
public static class ToolState
{
    /// <summary>The directory, readable by root only except where stated otherwise.</summary>
    public const string Directory = "/var/lib/undercloud";
}
