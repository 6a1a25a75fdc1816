namespace Undercloud.Host.Output;

/// <summary>What the operator is told while something runs. The terminal and the log are behind it; none of it is data.</summary>
public interface IProgressView
{
    /// <summary>A phase begins, e.g. "images".</summary>
    void Phase(string name);

    /// <summary>What is being done right now; replaces the last such text.</summary>
    void Now(string text);

    /// <summary>Something was done that is worth a line that stays.</summary>
    void Line(string text);

    /// <summary>Something to notice, though the run goes on.</summary>
    void Warn(string text);
}
