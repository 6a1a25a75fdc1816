namespace Undercloud.Host.Output;

/// <summary>Shows the operator the progress of an operation, on the terminal and in the log. None of it is data.</summary>
public interface IProgressView
{
    /// <summary>A phase begins, e.g. "images".</summary>
    void Phase(string name);

    /// <summary>The current action; replaces the previous one.</summary>
    void Now(string text);

    /// <summary>Something was done; the line stays.</summary>
    void Line(string text);

    /// <summary>A warning; the run continues.</summary>
    void Warn(string text);
}
