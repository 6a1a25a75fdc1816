namespace Undercloud.Host.Containers;

/// <summary>A container did not do what it should. The message is fit to be shown: it names the container and ends with its log.</summary>
internal sealed class ContainerFailure(string message) : Exception(message)
{
    public const int TailLines = 20;

    /// <summary>A failure with the last lines of a log and where to look on.</summary>
    public static ContainerFailure Of(string what, IReadOnlyCollection<string> tail, string more)
    {
        var log = tail.Count == 0 ? "It wrote nothing to its log." : $"The last lines it wrote:\n{string.Join('\n', tail.Select(line => $"  {line}"))}";
        var cause = ProbableCause.Of(tail) is { } probable ? $"\nProbably: {probable}" : "";
        return new($"{what}\n{log}{cause}\nLook further with: {more}");
    }
}
