namespace Undercloud.Config;

/// <summary>The releases of an undercloud.conf: of instack-undercloud, and of python-tripleoclient.</summary>
[Flags]
public enum ConfigRelease
{
    None = 0,

    /// <summary>instack-undercloud pike.</summary>
    InstackPike = 1 << 0,

    /// <summary>instack-undercloud queens.</summary>
    InstackQueens = 1 << 1,

    /// <summary>python-tripleoclient queens; the following ones are python-tripleoclient too.</summary>
    Queens = 1 << 2,
    Rocky = 1 << 3,
    Stein = 1 << 4,
    Train = 1 << 5,
    Ussuri = 1 << 6,
    Victoria = 1 << 7,
    Wallaby = 1 << 8,

    /// <summary>Both releases of instack-undercloud.</summary>
    Instack = InstackPike | InstackQueens,
    FromTrain = Train | Ussuri | Victoria | Wallaby,
    FromStein = Stein | FromTrain,
    FromRocky = Rocky | FromStein,

    /// <summary>Every release of python-tripleoclient.</summary>
    Client = Queens | FromRocky,
    All = Instack | Client,
}
