using Undercloud.Deploy.Events;

namespace Undercloud.Host.Output;

/// <summary>Shows, logs or stores the events of a run.</summary>
public interface IRunSubscriber
{
    /// <summary>Takes one event, with secrets masked. Events arrive one at a time.</summary>
    void Take(RunEvent happened);
}
