namespace Undercloud.Host.Operations;

/// <summary>An endpoint and what it answered.</summary>
/// <param name="Answer">The HTTP status, with the time if it took long; or why there was none.</param>
public sealed record EndpointStatus(string Service, string Interface, string Url, string Answer, bool Up);
