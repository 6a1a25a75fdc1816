using Undercloud.Config;

namespace Undercloud.Deploy.Images;

/// <summary>A user of a registry.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">The password.</param>
public sealed record RegistryLogin(string User, Secret Password);
