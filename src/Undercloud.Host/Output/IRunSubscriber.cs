using Undercloud.Deploy.Events;

namespace Undercloud.Host.Output;

/// <summary>Shows, logs or keeps what a run says.</summary>
public interface IRunSubscriber
{
    /// <summary>Takes one event, secrets masked. One event comes at a time.</summary>
    void Take(RunEvent happened);
}
