using Undercloud.Deploy.Manifests;

namespace Undercloud.Cli.Commands.Agent;

/// <summary>Prints an agent verb's result.</summary>
internal static class AgentOutput
{
    public static void Write(NodeResult result, bool json, bool check)
    {
        if (json)
        {
            Console.Out.Write(ManifestJson.Write(result));
            return;
        }

        foreach (var change in result.Changes)
            Write(change, check);
        foreach (var note in result.Notes)
            Console.Error.WriteLine(note);
        if (result.Failed)
            Console.Error.WriteLine(result.Message);
        else if (!result.Changed)
            Console.Error.WriteLine("Nothing to change.");
    }

    private static void Write(NodeChange change, bool check)
    {
        var reason = change.Reason is null ? "" : $" ({change.Reason})";
        Console.Out.WriteLine($"{(check ? "would " : "")}{change.Action} {change.Kind} {change.Name}{reason}");
        if (string.IsNullOrEmpty(change.Diff))
            return;

        // The agent does not know which values are secret, so the content of private files is not shown.
        Console.Out.Write(change.Private ? "  (not for everyone to read: its difference is not shown)\n" : change.Diff);
    }
}
