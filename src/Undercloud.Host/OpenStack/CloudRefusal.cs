namespace Undercloud.Host.OpenStack;

/// <summary>What a service refuses, said with what was tried and what helps.</summary>
internal static class CloudRefusal
{
    /// <param name="service">The service's name.</param>
    /// <param name="what">What it is asked, after "refuses".</param>
    /// <param name="remedy">What helps, as sentences.</param>
    /// <param name="act">Asks it.</param>
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
