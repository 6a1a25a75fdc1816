using Undercloud.Config;

namespace Undercloud.Deploy.Manifests;

/// <summary>Objects in the cloud, made over REST as the administrator.</summary>
public sealed record CloudManifest
{
    /// <summary>How to log in; null when there is nothing to make.</summary>
    public CloudLogin? Login { get; init; }

    public string Region { get; init => field = value ?? ClientAccess.DefaultRegion; } = ClientAccess.DefaultRegion;

    /// <summary>Projects in the domain Default, e.g. service.</summary>
    public IReadOnlyList<string> Projects { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Roles { get; init => field = value ?? []; } = [];

    /// <summary>Domains besides Default. One that is there stays for good, with all that others made in it.</summary>
    public IReadOnlyList<string> Domains { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CloudUser> Users { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CloudService> Services { get; init => field = value ?? []; } = [];

    public CloudResources Resources { get; init => field = value ?? new(); } = new();
}

/// <summary>The administrator's login at Keystone, e.g. http://192.168.24.1:5000.</summary>
public sealed record CloudLogin(string Url, string User, string Password, string Project);

/// <summary>A user in the domain Default with roles in one project. A password that differs is set.</summary>
public sealed record CloudUser(string Name, string Password, string Project, IReadOnlyList<string> Roles)
{
    /// <summary>Another domain than Default, which the roles are on then; the project does not count.</summary>
    public string? Domain { get; init; }
}

/// <summary>An entry of the catalogue with its endpoints by interface (public, internal, admin).</summary>
public sealed record CloudService(string Name, string Type, string Description, IReadOnlyDictionary<string, string> Endpoints);
