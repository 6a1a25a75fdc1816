namespace Undercloud.Host.Operations;

/// <summary>An endpoint and its answer.</summary>
/// <param name="Answer">The HTTP status, with the time if the answer was slow; or the reason why there was no answer.</param>
public sealed record EndpointStatus(string Service, string Interface, string Url, string Answer, bool Up);
