namespace Undercloud.Host.Containers;

/// <summary>A container failed. The message can be shown: it names the container and ends with the last lines of its log.</summary>
internal sealed class ContainerFailure(string message) : Exception(message)
{
    public const int TailLines = 20;

    /// <summary>A failure with the last lines of a log, the probable cause and the command that shows more.</summary>
    public static ContainerFailure Of(string what, IReadOnlyCollection<string> tail, string more)
    {
        var log = tail.Count == 0 ? "It wrote nothing to its log." : $"The last lines it wrote:\n{string.Join('\n', tail.Select(line => $"  {line}"))}";
        var cause = ProbableCause.Of(tail) is { } probable ? $"\nProbably: {probable}" : "";
        return new($"{what}\n{log}{cause}\nFor more, see: {more}");
    }
}
