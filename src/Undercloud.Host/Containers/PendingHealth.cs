using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>A service that is waited for.</summary>
/// <param name="Spec">The service; it has a health check.</param>
/// <param name="Begun">When the wait began, by the clock's own count.</param>
/// <param name="JustStarted">Whether this apply started it, so that the time it takes is the one of its start.</param>
internal sealed record PendingHealth(ContainerSpec Spec, long Begun, bool JustStarted)
{
    /// <summary>How often it was asked.</summary>
    public int Polls { get; set; }

    /// <summary>The container and when it was started; known once it was asked.</summary>
    public (string Id, DateTimeOffset Started) Container { get; set; }
}
