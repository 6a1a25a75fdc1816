using Undercloud.Deploy.Manifests;

namespace Undercloud.Cli.Commands;

/// <summary>Prints what a node verb did: the changes to standard output, a failure to standard error; as JSON both to standard output.</summary>
internal static class NodeResultText
{
    public static void Write(NodeResult result, string format, TextWriter output, TextWriter error)
    {
        if (format == "json")
        {
            output.Write(ManifestJson.Write(result));
            return;
        }

        if (result.Changes.Count > 0)
            TextTable.Write(output, ["Action", "Kind", "Name", "Reason"], result.Changes.Select(c => new[] { c.Action, c.Kind, c.Name, c.Reason ?? "" }));
        else if (!result.Failed)
            output.WriteLine("Nothing to change.");
        if (result.Message is { } message)
            error.WriteLine(message);
    }
}
