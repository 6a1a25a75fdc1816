namespace Undercloud.Deploy.Adoption;

/// <summary>The stable codes of findings about an undercloud that is to be adopted. A code keeps its meaning; new codes are added at the end.</summary>
public static class AdoptionCodes
{
    /// <summary>The administrator's password is nowhere.</summary>
    public const string NoAdministrator = "ADOPT001";

    /// <summary>A configuration file lacks a password or key.</summary>
    public const string NoSecret = "ADOPT002";

    /// <summary>A service has another user or project than the containers.</summary>
    public const string OtherUser = "ADOPT003";

    /// <summary>Keystone has no Fernet keys.</summary>
    public const string NoKeys = "ADOPT004";

    /// <summary>Keystone has more keys for credentials than the containers take.</summary>
    public const string ManyKeys = "ADOPT005";

    /// <summary>An option is no URL.</summary>
    public const string WrongUrl = "ADOPT006";

    /// <summary>A configuration file names no database.</summary>
    public const string NoDatabase = "ADOPT007";

    /// <summary>A database is not on this host's MariaDB.</summary>
    public const string OtherServer = "ADOPT008";

    /// <summary>Two services share a database.</summary>
    public const string SharedDatabase = "ADOPT009";

    /// <summary>One of Nova's cells gets another name.</summary>
    public const string CellRenamed = "ADOPT010";

    /// <summary>The catalogue has several regions.</summary>
    public const string ManyRegions = "ADOPT011";

    /// <summary>Neutron has several physical networks.</summary>
    public const string ManyNetworks = "ADOPT012";

    /// <summary>A node or a stack is in the middle of work.</summary>
    public const string AtWork = "ADOPT013";

    /// <summary>The database server does not answer.</summary>
    public const string DatabaseAway = "ADOPT014";

    /// <summary>The domain of the users of stacks does not exist.</summary>
    public const string NoDomain = "ADOPT015";

    /// <summary>A password or key has characters that the containers would read otherwise.</summary>
    public const string WrongCharacters = "ADOPT016";

    /// <summary>Nova has several cells.</summary>
    public const string ManyCells = "ADOPT017";
}
