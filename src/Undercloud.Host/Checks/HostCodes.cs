namespace Undercloud.Host.Checks;

/// <summary>The stable codes of what stands against an installation on this host. A code keeps its meaning; new ones are added at the end.</summary>
public static class HostCodes
{
    /// <summary>The interface for the control plane is not there.</summary>
    public const string NoInterface = "HOST001";

    /// <summary>Somebody else listens at a port that a service needs.</summary>
    public const string PortTaken = "HOST002";

    /// <summary>A file system has too little room.</summary>
    public const string NoRoom = "HOST003";

    /// <summary>The host has too little memory.</summary>
    public const string LittleMemory = "HOST004";

    /// <summary>A public or admin host that is given by name cannot be found.</summary>
    public const string UnknownHost = "HOST005";

    /// <summary>The network that is wanted cannot be made of this host's.</summary>
    public const string Network = "HOST006";

    /// <summary>The installed undercloud has another local_ip.</summary>
    public const string OtherAddress = "HOST009";
}
