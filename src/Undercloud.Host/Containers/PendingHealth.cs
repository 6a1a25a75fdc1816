using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>A service whose health is awaited.</summary>
/// <param name="Spec">The service; it has a health check.</param>
/// <param name="Begun">The start of the wait, as a timestamp of the clock.</param>
/// <param name="JustStarted">Whether this apply started the service, so that the wait measures its start.</param>
internal sealed record PendingHealth(ContainerSpec Spec, long Begun, bool JustStarted)
{
    /// <summary>How often the service was asked.</summary>
    public int Polls { get; set; }

    /// <summary>The container's id and the time of its last start; known after the first question.</summary>
    public (string Id, DateTimeOffset Started) Container { get; set; }
}
