using System.Net;

namespace Undercloud.Host.OpenStack;

/// <summary>A service of the cloud could not be asked, or refused. The message is fit to be shown as it is.</summary>
public sealed class CloudException(string message, bool unreachable = false) : Exception(message)
{
    /// <summary>Nothing answered at all: it does not run (yet).</summary>
    public bool Unreachable { get; } = unreachable;

    /// <summary>The answer's status, when there was one.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The service's own words, when there was an answer.</summary>
    public string? Explanation { get; init; }

    /// <summary>Whether the service understood and will not do it.</summary>
    public bool IsRefusal => Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.Forbidden;
}
