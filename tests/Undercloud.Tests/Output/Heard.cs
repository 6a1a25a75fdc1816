using Undercloud.Deploy.Events;
using Undercloud.Host.Output;

namespace Undercloud.Tests.Output;

/// <summary>Keeps the events of a run.</summary>
internal sealed class Heard : IRunSubscriber
{
    public List<RunEvent> All { get; } = [];

    public void Take(RunEvent happened) => All.Add(happened);
}
