namespace Undercloud.Host.OpenStack;

/// <summary>Turns a service's refusal into a message with the action and a remedy.</summary>
internal static class CloudRefusal
{
    /// <param name="service">The service's name.</param>
    /// <param name="what">The action, after "refuses".</param>
    /// <param name="remedy">The remedy, as sentences.</param>
    /// <param name="act">The action.</param>
    public static Func<CancellationToken, Task> Explained(string service, string what, string remedy, Func<CancellationToken, Task> act) => async stop =>
    {
        try
        {
            await act(stop);
        }
        catch (CloudException exception) when (exception.IsRefusal)
        {
            throw new CloudException($"{service} refuses {what}: {exception.Explanation?.TrimEnd('.')}. {remedy}")
            {
                Status = exception.Status,
                Explanation = exception.Explanation,
            };
        }
    };
}
