using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Images;
using Undercloud.Host.Templates;

namespace Undercloud.Tests.Deploy;

/// <summary>Plans with the service collection that comes with the tool.</summary>
internal static class CollectionPlan
{
    public static string Templates { get; } = Path.Combine(AppContext.BaseDirectory, "templates");

    /// <summary>What the tool's image definitions say.</summary>
    public static ImmutableSortedDictionary<string, string> Images { get; } =
        ImageDefinitions.Load(Path.Combine(Repository.Root, "images"), new DiagnosticBag()).ImageParameters("zed");

    public static Inputs Inputs(string config = "")
    {
        var findings = new DiagnosticBag();
        var read = UndercloudConfig.Read("[DEFAULT]\n" + config, "undercloud.conf", "/home/stack", findings);
        Assert.DoesNotContain(findings.All, finding => finding.Severity == Severity.Error);
        var roles = Path.Combine(Templates, "roles_data_undercloud.yaml");
        return new Inputs
        {
            Config = read,
            Surroundings = new() { HostName = "undercloud.example.org", Home = "/home/stack", User = "stack", ConfigPath = "/home/stack/undercloud.conf" },
            HostIsContainer = false,
            Passwords = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new Config.FixedRandom(1)).All,
            Release = "zed",
            ImageParameters = Images,
            ImageIds = new Dictionary<string, string>(),
            Templates = TemplateTree.Plain(Templates),
            Roles = new(roles, File.ReadAllText(roles)),
        };
    }

    public static FileEntry TextFile(this PlanningResult result, string name)
    {
        Assert.NotNull(result.Plan);
        return result.Plan.Nodes[0].Manifest.Files.Files.Single(file => Path.GetFileName(file.Path) == name);
    }

    /// <summary>The lines of one section of an ini file of the plan, or of a file without sections.</summary>
    public static string[] Section(this PlanningResult result, string file, string? section = null)
    {
        var lines = result.TextFile(file).Content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return section is null ? lines : [.. lines.SkipWhile(line => line != $"[{section}]").Skip(1).TakeWhile(line => !line.StartsWith('['))];
    }

    public static string[] Findings(this PlanningResult result) => [.. result.Diagnostics.Select(finding => finding.ToString())];
}
