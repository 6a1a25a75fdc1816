using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary><c>undercloud config validate</c>: all findings about undercloud.conf and the files that it names. Exit 0: no error; 3: errors.</summary>
public static class ConfigValidateCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var format = RowOptions.For(FindingOutput.Rows);
        var strict = new Option<bool>("--strict") { Description = "Treat warnings as errors." };
        var command = new Command("validate", "Find everything wrong with undercloud.conf, and the files that it names, at once. Exit code 0 for no error, 3 for errors.") { strict };
        format.AddTo(command);
        files.AddTo(command);
        command.SetAction(parsed =>
        {
            var found = new DiagnosticBag();
            var texts = files.Texts(parsed, composition.Home, found);
            var config = files.Read(parsed, texts, composition.Home, found);
            CheckFiles(composition, config, found);
            var mask = ConfigSecrets.MaskOf(config);
            FindingOutput.Write(found.All.Select(mask.Apply), format.Of(parsed));
            var errors = found.All.Count(finding => finding.Severity == Severity.Error);
            var warnings = found.All.Length - errors;
            var where = texts.Length == 1 ? texts[0].Path : FindingOutput.Count(texts.Length, "file");
            Console.Error.WriteLine($"{FindingOutput.Count(errors, "error")}, {FindingOutput.Count(warnings, "warning")} in {where}");
            return errors > 0 || (parsed.GetValue(strict) && warnings > 0) ? ExitCodes.ChecksFailed : ExitCodes.Done;
        });
        return command;
    }

    // The tool's own templates are needed only when they may contain the roles file. A user other than root may not be able to read all files of an installation.
    private static void CheckFiles(Composition composition, UndercloudConfig config, DiagnosticBag found)
    {
        var findings = new DiagnosticBag();
        var files = NamedFiles.Read(config, config.RolesFile is { } roles && !Path.IsPathRooted(roles) ? composition.Tool.Templates : null, composition.Time.GetUtcNow(), findings);
        files.Check(findings);
        CheckNetwork(files.NetConfig, config, findings);
        found.AddRange(findings.All.Select(finding =>
            finding.Code == ConfigCodes.NotReadable && !Environment.IsPrivilegedProcess ? finding with { Severity = Severity.Warning } : finding));
    }

    // A network that cannot be built on any host is an error.
    private static void CheckNetwork(InputFile? network, UndercloudConfig config, DiagnosticBag found)
    {
        if (network is not null && NetConfigTemplate.Read(network.Text, network.Path, NetConfigTags.Of(config), found) is { } file)
            NetworkConfigReader.Read(file.Value, keys => file.PlaceOf(keys), found);
    }
}
