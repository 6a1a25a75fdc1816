using Undercloud.Deploy.Events;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>Prints events as one JSON object a line.</summary>
internal sealed class JsonLines(TextWriter output) : IRunSubscriber
{
    public void Take(RunEvent happened)
    {
        output.WriteLine(RunEventJson.Write(happened));
        output.Flush();
    }
}
