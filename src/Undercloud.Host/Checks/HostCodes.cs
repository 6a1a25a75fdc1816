namespace Undercloud.Host.Checks;

/// <summary>The stable codes of preflight findings. A code keeps its meaning; new codes are added at the end.</summary>
public static class HostCodes
{
    /// <summary>The interface for the control plane does not exist.</summary>
    public const string NoInterface = "HOST001";

    /// <summary>Another process listens at a port that a service needs.</summary>
    public const string PortTaken = "HOST002";

    /// <summary>A file system has too little free space.</summary>
    public const string NoRoom = "HOST003";

    /// <summary>The host has too little memory.</summary>
    public const string LittleMemory = "HOST004";

    /// <summary>A public or admin host is given by a name that does not resolve.</summary>
    public const string UnknownHost = "HOST005";

    /// <summary>The desired network cannot be built on this host.</summary>
    public const string Network = "HOST006";

    /// <summary>The installed undercloud has another local_ip.</summary>
    public const string OtherAddress = "HOST009";
}
