using Undercloud.Host.Output;

namespace Undercloud.Tests.BareMetal;

/// <summary>Keeps all that is said.</summary>
internal sealed class Said : IProgressView
{
    public List<string> All { get; } = [];

    /// <summary>Called with what is being done.</summary>
    public Action<string>? Heard { get; set; }

    public void Phase(string name) => All.Add(name);

    public void Now(string text)
    {
        All.Add(text);
        Heard?.Invoke(text);
    }

    public void Line(string text) => All.Add(text);

    public void Warn(string text) => All.Add(text);
}
