using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Undercloud.Config;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>
/// <c>undercloud deploy</c>: an install of any role on this host, or of the roles of several nodes, with options on the command line. Each is an option of
/// undercloud.conf and takes precedence over the file. The names are those of tripleoclient's <c>tripleo deploy</c>.
/// </summary>
public static class DeployCommand
{
    private static readonly ImmutableArray<(Option<string?> Flag, ConfigOption Meaning)> s_options =
    [
        (new("--templates") { Description = "The template collection. Default: the tool's own.", HelpName = "DIR" }, UndercloudOptions.Templates),
        (new("--roles-file", "-r") { Description = "The roles file: your own, or one of the collection.", HelpName = "FILE" }, UndercloudOptions.RolesFile),
        (new("--local-ip") { Description = "The host's address on the control plane, with its prefix length.", HelpName = "ADDRESS/LENGTH" }, AddressOptions.LocalIp),
        (new("--local-interface") { Description = "The interface of the control plane.", HelpName = "NAME" }, AddressOptions.LocalInterface),
        (new("--public-virtual-ip") { Description = "The address of the public endpoints.", HelpName = "ADDRESS" }, AddressOptions.PublicHost),
        (new("--control-virtual-ip") { Description = "The address of the admin endpoints.", HelpName = "ADDRESS" }, AddressOptions.AdminHost),
        (new("--hieradata-override") { Description = "A file of hieradata.", HelpName = "FILE" }, Config.FileOptions.HieradataOverride),
        (new("--output-dir") { Description = "Where the Ansible project, passwords and client files go.", HelpName = "DIR" }, UndercloudOptions.OutputDirectory),
    ];

    public static Command Create(Composition composition)
    {
        var environments = new Option<string[]>("--environment-file", "-e") { Description = "A Heat environment file; later files win.", HelpName = "FILE" };
        var nodes = CommonOptions.Nodes();
        var release = CommonOptions.Release();
        var outputOnly = new Option<bool>("--output-only") { Description = "Stop once the Ansible project is written to the output directory." };
        var update = new Option<bool>("--update") { Description = "Update a cloud that was deployed: build images anew where there are newer packages, and apply the previous generation again if the run fails." };
        var keepImages = new Option<bool>("--keep-images") { Description = "With --update, leave the images of this host as they are." };
        var dryRun = CommonOptions.DryRun();
        var noValidations = CommonOptions.NoValidations();
        var logFormat = CommonOptions.LogFormat();
        var conf = CommonOptions.Conf();
        var command = new Command("deploy", "Install any roles on this host or on several nodes, with your own services and templates. undercloud.conf is not required.")
        {
            environments, nodes, release, update, keepImages, outputOnly, dryRun, noValidations, conf, logFormat,
        };
        foreach (var (flag, _) in s_options)
            command.Add(flag);
        command.Validators.Add(result =>
        {
            if (result.GetValue(keepImages) && !result.GetValue(update))
                result.AddError("--keep-images belongs to --update: without it no image is built anew.");
        });
        command.SetAction((parsed, stop) =>
        {
            var given = s_options.Select(option => (option.Meaning, Value: parsed.GetValue(option.Flag)))
                .Where(option => option.Value is not null)
                .Select(option => (option.Meaning.Name, Value: Path(option.Meaning, option.Value!)))
                .Append((UndercloudOptions.CustomEnvironmentFiles.Name, Value: string.Join(",", (parsed.GetValue(environments) ?? []).Select(System.IO.Path.GetFullPath))))
                .Where(option => option.Value.Length > 0)
                .ToList();
            var local = given.FirstOrDefault(option => option.Name == AddressOptions.LocalIp.Name).Value;
            var around = local is not null && parsed.GetValue(conf) is null && AddressWithPrefix.TryParse(local, out var address) ? NetworkAround.Text(address) : "";
            var options = new RunOptions(parsed.GetValue(conf), parsed.GetValue(release), parsed.GetValue(outputOnly), parsed.GetValue(dryRun))
            {
                Validations = !parsed.GetValue(noValidations),
                JsonLog = parsed.GetValue(logFormat) == "json",
                Nodes = parsed.GetValue(nodes),
                Renewal = parsed.GetValue(update) ? UpdateCommand.Name : null,
                KeepImages = parsed.GetValue(keepImages),
                Given = [new("what --local-ip implies", around), new("the command line", Text(given))],
            };
            if (options.Renewal is not null)
            {
                composition.Generations.CheckReadable();
                UpdateCommand.CheckInstalled(composition, options, "deploy");
            }

            return InstallCommand.OnThisHostAsync(composition, options, stop);
        });
        return command;
    }

    /// <summary>Options as an oslo.config file, where a dollar sign begins a reference.</summary>
    internal static string Text(IEnumerable<(string Name, string Value)> options) =>
        options.Aggregate(new StringBuilder("[DEFAULT]\n"), (text, option) => text.Append($"{option.Name} = {option.Value.Replace("$", "$$")}\n")).ToString();

    // Paths on the command line are relative to the working directory, unlike those in undercloud.conf; a roles file may also be one of the collection.
    private static string Path(ConfigOption option, string value) =>
        option == UndercloudOptions.Templates || option == UndercloudOptions.OutputDirectory || option == Config.FileOptions.HieradataOverride || File.Exists(value)
            ? System.IO.Path.GetFullPath(value)
            : value;
}
