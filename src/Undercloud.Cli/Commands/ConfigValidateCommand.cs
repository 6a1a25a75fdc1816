using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud config validate</c>: everything wrong with undercloud.conf, and with the network that it names, that the files alone show. Exit 0: no error; 3: errors.</summary>
public static class ConfigValidateCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var format = RowOptions.For(FindingOutput.Rows);
        var strict = new Option<bool>("--strict") { Description = "Take warnings for errors." };
        var command = new Command("validate", "Find everything wrong with undercloud.conf at once. Exit code 0 for no error, 3 for errors.") { strict };
        format.AddTo(command);
        files.AddTo(command);
        command.SetAction(parsed =>
        {
            var found = new DiagnosticBag();
            var texts = files.Texts(parsed, composition.Home, found);
            var config = files.Read(parsed, texts, composition.Home, found);
            CheckNetwork(config, found);
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

    // The one file beside undercloud.conf that is judged without a host: what it says that cannot be done is wrong anywhere.
    private static void CheckNetwork(UndercloudConfig config, DiagnosticBag found)
    {
        if (config.NetConfigOverride is not { } path)
            return;
        if (!File.Exists(path))
            found.Error(config[AddressOptions.NetConfigOverride].Location, ConfigCodes.NoFile, $"There is no file {path}.", "Write the file, or correct net_config_override, which names it.");
        else if (NetConfigTemplate.Read(File.ReadAllText(path), path, NetConfigTags.Of(config), found) is { } file)
            NetworkConfigReader.Read(file.Value, where => file.PlaceOf(where), found);
    }
}
