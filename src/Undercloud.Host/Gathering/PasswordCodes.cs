namespace Undercloud.Host.Gathering;

/// <summary>The stable codes of the findings about passwords and about what an installed undercloud cannot change. A code keeps its meaning.</summary>
public static class PasswordCodes
{
    /// <summary>The passwords file has no map parameter_defaults.</summary>
    public const string NoMap = "PWD001";

    /// <summary>A passwords file's name is a directory's.</summary>
    public const string NoFile = "PWD002";

    /// <summary>The passwords file of an installed undercloud is not there.</summary>
    public const string Lost = "PWD003";

    /// <summary>The passwords file of an installed undercloud lacks some.</summary>
    public const string Incomplete = "PWD004";

    /// <summary>A password of the passwords file is a list or a map where a text belongs, or the reverse.</summary>
    public const string WrongType = "PWD005";
}
