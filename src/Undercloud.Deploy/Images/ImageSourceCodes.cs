namespace Undercloud.Deploy.Images;

/// <summary>The codes of findings about ContainerImagePrepare and the registries.</summary>
internal static class ImageSourceCodes
{
    /// <summary>A value is wrong or missing.</summary>
    public const string WrongValue = "CIP001";

    /// <summary>A key is unknown.</summary>
    public const string UnknownKey = "CIP002";

    /// <summary>A key has no effect.</summary>
    public const string WithoutEffect = "CIP003";
}
