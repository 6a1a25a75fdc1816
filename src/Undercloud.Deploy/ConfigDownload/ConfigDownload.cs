using System.Collections.Immutable;
using Undercloud.Deploy.Ansible;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// The outputs of a resolved tripleo-heat-templates stack written as an Ansible project, the one that tripleo-common's config-download writes
/// from them (source: tripleo_common/utils/config.py and inventory.py, at queens and at train). Returns files, writes nothing.
/// </summary>
public static class ConfigDownload
{
    // Values share their parts; this limits their size when written out.
    private const long WeightLimit = 20_000_000;

    /// <summary>The project's files, in the order of their paths; none when <paramref name="diagnostics"/> gets an error.</summary>
    public static ImmutableArray<ProjectFile> Write(ConfigDownloadRequest request, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        var files = new ProjectFiles(findings);
        if (IsWithinLimits(request, findings))
            Add(files, request, findings);
        var all = files.All();
        diagnostics.AddRange(findings.All);
        return findings.HasErrors ? [] : all;
    }

    /// <summary>The layout that the outputs are made for: RoleGroupVars came after queens.</summary>
    public static ConfigDownloadLayout LayoutOf(MapValue outputs) =>
        outputs.ContainsKey("RoleGroupVars") ? ConfigDownloadLayout.Train : ConfigDownloadLayout.Queens;

    private static void Add(ProjectFiles files, ConfigDownloadRequest request, DiagnosticBag diagnostics)
    {
        var outputs = new OutputNode(request.Outputs, "", diagnostics);
        var layout = request.Layout ?? LayoutOf(request.Outputs);
        WarnOfOtherReleases(outputs, layout, diagnostics);
        RoleFiles.Add(files, outputs["RoleData"], layout);
        RoleConfigFiles.Add(files, outputs["RoleConfig"], layout);

        var servers = ServerList.Read(outputs);
        var deployments = PlacedDeployment.Place(request, servers, layout, diagnostics);
        foreach (var deployment in deployments)
            files.AddYaml(DeploymentDocument.Of(deployment, layout, diagnostics), deployment.Server.Role, deployment.Server.Name, deployment.Name);
        if (layout == ConfigDownloadLayout.Queens)
        {
            VariableFiles.AddDeploymentsByRole(files, deployments);
        }
        else
        {
            VariableFiles.AddFromOutputs(files, outputs, servers, deployments);
            NetworkConfigFiles.Add(files, request, outputs, servers, diagnostics);
        }

        files.AddText(DeploymentTasks.Text(layout), DeploymentTasks.File);
        files.AddText("[{{ deployment }}]\n", "templates", "heat-config.j2");
        files.AddOrderedYaml(Inventory.Of(request, outputs, layout), Inventory.File);
    }

    private static bool IsWithinLimits(ConfigDownloadRequest request, DiagnosticBag diagnostics)
    {
        var weight = request.Outputs.Weight;
        foreach (var config in request.Deployments.Select(deployment => deployment.Config).OfType<DeploymentConfig>())
        {
            var inputs = config.Inputs.Sum(input => long.Min(input.Weight, WeightLimit + 1));
            weight = long.Min(weight + config.Config.Weight + config.Options.Weight + inputs, long.MaxValue / 4);
        }

        if (weight <= WeightLimit)
            return true;
        diagnostics.Error(
            null, "DOWNLOAD002", "The outputs and deployments would take some hundred megabytes written out.", "Look for an output that repeats itself.");
        return false;
    }

    private static void WarnOfOtherReleases(OutputNode outputs, ConfigDownloadLayout layout, DiagnosticBag diagnostics)
    {
        if (outputs["RoleConfig"].IsNull)
        {
            diagnostics.Warning(
                null,
                "DOWNLOAD009",
                "There is no output RoleConfig, so the project has no playbooks.",
                "Resolve the root template of tripleo-heat-templates, queens or later.");
        }

        var releases = layout == ConfigDownloadLayout.Queens ? null
            : outputs.Has("RoleNetworkConfigMap") ? "victoria or later"
            : !outputs.Has("AnsibleHostVarsMap") ? "rocky or stein"
            : null;
        if (releases is not null)
        {
            diagnostics.Warning(
                null, "DOWNLOAD010", $"The outputs look like those of {releases}. The project has train's layout, which was not compared with that release's.");
        }
    }
}
