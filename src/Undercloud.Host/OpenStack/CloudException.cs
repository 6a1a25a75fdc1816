using System.Net;

namespace Undercloud.Host.OpenStack;

/// <summary>A service of the cloud did not answer, or refused a request. The message can be shown as it is.</summary>
public sealed class CloudException(string message, bool unreachable = false) : Exception(message)
{
    /// <summary>Whether nothing answered: the service does not run (yet).</summary>
    public bool Unreachable { get; } = unreachable;

    /// <summary>The status of the answer; null without one.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The service's explanation; null without an answer.</summary>
    public string? Explanation { get; init; }

    /// <summary>Whether the service understood the request and refused it.</summary>
    public bool IsRefusal => Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.Forbidden;
}
