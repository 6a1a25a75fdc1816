using Undercloud.Config;

namespace Undercloud.Deploy.Manifests;

/// <summary>Objects in the cloud, created over REST as the administrator.</summary>
public sealed record CloudManifest
{
    /// <summary>The login; null when there is nothing to create.</summary>
    public CloudLogin? Login { get; init; }

    public string Region { get; init => field = value ?? ClientAccess.DefaultRegion; } = ClientAccess.DefaultRegion;

    /// <summary>Projects in the domain Default, e.g. service.</summary>
    public IReadOnlyList<string> Projects { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Roles { get; init => field = value ?? []; } = [];

    /// <summary>Domains besides Default. A domain is never removed, since others may have created objects in it.</summary>
    public IReadOnlyList<string> Domains { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CloudUser> Users { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CloudService> Services { get; init => field = value ?? []; } = [];

    public CloudResources Resources { get; init => field = value ?? new(); } = new();
}

/// <summary>The administrator's login at Keystone, e.g. http://192.168.24.1:5000.</summary>
public sealed record CloudLogin(string Url, string User, string Password, string Project);

/// <summary>A user in the domain Default with roles in one project. A differing password is set.</summary>
public sealed record CloudUser(string Name, string Password, string Project, IReadOnlyList<string> Roles)
{
    /// <summary>Another domain than Default. The roles are then on this domain, and the project is ignored.</summary>
    public string? Domain { get; init; }
}

/// <summary>An entry of the catalogue with its endpoints by interface (public, internal, admin).</summary>
public sealed record CloudService(string Name, string Type, string Description, IReadOnlyDictionary<string, string> Endpoints);
