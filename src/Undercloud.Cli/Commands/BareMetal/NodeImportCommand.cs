using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Undercloud.Cli.Output;
using Undercloud.Deploy.BareMetal;
using Undercloud.Deploy.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.BareMetal;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary><c>undercloud node import FILE</c>: enrols the nodes of an instackenv.json in Ironic, and reconciles existing nodes with the file.</summary>
internal sealed class NodeImportCommand
{
    private const string StandardInput = "-";
    private const int LargestFile = 32 << 20;

    private readonly Composition _composition;
    private readonly Argument<string> _file = new("file") { Description = "The nodes, as JSON, YAML or CSV, e.g. instackenv.json; - is standard input.", HelpName = "FILE" };
    private readonly Option<bool> _introspect = new("--introspect") { Description = "Inspect the nodes afterwards." };
    private readonly Option<bool> _provide = new("--provide") { Description = "Make the nodes available afterwards." };
    private readonly Option<bool> _validateOnly = new("--validate-only") { Description = "Only check the file, without asking Ironic." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Ask Ironic, and show what would be created and changed without changing anything." };
    private readonly Option<bool> _noDeployImage = new("--no-deploy-image") { Description = "Leave the agent's kernel and ramdisk to the conductor, even for architectures with their own." };

    private readonly Option<string> _httpBoot = new("--http-boot")
    {
        Description = "The directory with the agent's kernels and ramdisks.",
        HelpName = "DIR",
        DefaultValueFactory = _ => AgentImages.Directory,
    };

    private readonly Option<string?> _bootOption = new("--instance-boot-option") { Description = "How instances boot: local or netboot. Applies to nodes without the capability boot_option in the file." };
    private readonly BareMetalOptions _options = new(RowOptions.For(EnrolmentOutput.Results).Or(EnrolmentOutput.Preview).Or(FindingOutput.Rows));

    private NodeImportCommand(Composition composition) => _composition = composition;

    public static Command Create(Composition composition)
    {
        var import = new NodeImportCommand(composition);
        import._bootOption.AcceptOnlyFromAmong("local", "netboot");
        var command = new Command("import", "Enrol the bare metal nodes of a file in Ironic, or change those that differ.")
        {
            import._file, import._introspect, import._provide, import._validateOnly, import._dryRun, import._noDeployImage, import._httpBoot, import._bootOption,
        };
        import._options.AddTo(command);
        command.SetAction(import.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var findings = new DiagnosticBag();
        var wanted = await ReadAsync(parsed, findings, stop);
        if (parsed.GetValue(_validateOnly))
            return Validated(parsed, wanted.Length, findings);
        foreach (var warning in findings.All.Where(finding => finding.Severity == Severity.Warning))
            await Console.Error.WriteLineAsync(warning.ToString());
        if (findings.HasErrors)
            throw new InputException(findings.All);
        using var progress = ConsoleProgress.Open(_composition.Time);
        var mask = new SecretMask(DriverSecrets.Of(wanted));

        // An error message of the service may contain the request with its secrets.
        progress.Hide(mask);
        return await BareMetalOptions.RunAsync(_composition, progress, ironic => ImportAsync(parsed, ironic, wanted, progress, mask, stop), stop);
    }

    private async Task<ImmutableArray<WantedNode>> ReadAsync(ParseResult parsed, DiagnosticBag findings, CancellationToken stop)
    {
        var path = parsed.GetRequiredValue(_file);
        if (await TextAsync(path, findings, stop) is not { } text)
            return [];
        return
        [
            .. NodeFile.Read(text, path == StandardInput ? "<stdin>" : path, findings).Select(node =>
            {
                if (parsed.GetValue(_bootOption) is { } option && !node.Capabilities.ContainsKey("boot_option"))
                    node = node with { Capabilities = node.Capabilities.Add("boot_option", option) };
                return parsed.GetValue(_noDeployImage) ? node : AgentImages.Add(node, parsed.GetValue(_httpBoot)!.TrimEnd('/'), File.Exists);
            }),
        ];
    }

    // An unreadable file is a finding like any other.
    private static async Task<string?> TextAsync(string path, DiagnosticBag findings, CancellationToken stop)
    {
        if (path == StandardInput)
            return await BoundedAsync(Console.In, "standard input", findings, stop);
        try
        {
            if (!Directory.Exists(path))
            {
                await using var file = File.OpenRead(path);
                if (IsDevice(path))
                {
                    findings.Error(null, "NODE001", $"{path} is a device.", "Name the file of nodes, e.g. instackenv.json, or - for standard input.");
                    return null;
                }

                using var reader = new StreamReader(file);
                return await BoundedAsync(reader, path, findings, stop);
            }

            findings.Error(null, "NODE001", $"{path} is a directory.", "Name the file of nodes in it, e.g. instackenv.json.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            findings.Error(null, "NODE001", FailureWords.OfBrokenLink(path) ?? $"There is no file {path}.", "Name the file of nodes, e.g. instackenv.json, or - for standard input.");
        }
        catch (UnauthorizedAccessException)
        {
            findings.Error(null, "NODE001", $"{path} cannot be read by this user.", "Run the command as the file's owner, or with sudo.");
        }

        return null;
    }

    // A pipe is accepted like a file, as in `node import <(jq …)`; terminals and other devices are not.
    private static bool IsDevice(string path) =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path)) is var target
        && target.StartsWith("/dev/", StringComparison.Ordinal) && FileStatus.Of(target)?.Kind is FileKind.Other;

    // The size is limited, whatever the source is.
    private static async Task<string?> BoundedAsync(TextReader reader, string name, DiagnosticBag findings, CancellationToken stop)
    {
        var text = new StringBuilder();
        var part = new char[1 << 16];
        while (await reader.ReadAsync(part, stop) is > 0 and var length)
        {
            if (text.Append(part, 0, length).Length <= LargestFile)
                continue;
            findings.Error(null, "NODE001", $"{name} has more than {LargestFile >> 20} Mi characters.", "Is that a file of nodes?");
            return null;
        }

        return text.ToString();
    }

    private int Validated(ParseResult parsed, int count, DiagnosticBag findings)
    {
        FindingOutput.Write(findings.All, _options.Choice(parsed));
        var errors = findings.All.Count(finding => finding.Severity == Severity.Error);
        Console.Error.WriteLine(errors > 0
            ? $"{FindingOutput.Count(errors, "error")} in {parsed.GetValue(_file)}"
            : $"{FindingOutput.Count(count, "node")} in {parsed.GetValue(_file)}: no errors.");
        return errors > 0 ? ExitCodes.ChecksFailed : ExitCodes.Done;
    }

    private async Task<int> ImportAsync(
        ParseResult parsed, IronicClient ironic, ImmutableArray<WantedNode> wanted, IProgressView progress, SecretMask mask, CancellationToken stop)
    {
        var findings = new DiagnosticBag();
        (await ironic.DriversAsync(stop)).Check(wanted, findings);
        var plan = EnrolmentPlanner.Plan(wanted, await ironic.NodesAsync(stop), findings);
        if (findings.HasErrors)
            throw new InputException(findings.All);
        var output = new EnrolmentOutput(plan, mask);
        if (parsed.GetValue(_dryRun))
        {
            output.WritePreview(Console.Out, _options.Choice(parsed));
            return ExitCodes.Done;
        }

        var outcomes = await new NodeImport(ironic, progress).RunAsync(plan, stop);
        var pipeline = _options.Pipeline(parsed, ironic, progress, _composition.Time);
        outcomes = await pipeline.ManageAsync(outcomes, stop);
        if (parsed.GetValue(_introspect))
            outcomes = await IdleAsync(outcomes, pipeline.IntrospectAsync, stop);
        if (parsed.GetValue(_provide))
            outcomes = await IdleAsync(outcomes, pipeline.ProvideAsync, stop);
        output.Write(Console.Out, outcomes, await ironic.NodesAsync(stop), _options.Choice(parsed), parsed.GetValue(_introspect));
        return outcomes.Any(outcome => outcome.Error is not null) ? ExitCodes.Failed : ExitCodes.Done;
    }

    // The file usually has all nodes of an installation, including nodes in use: introspection and provision apply to the others.
    private static async Task<ImmutableArray<NodeOutcome>> IdleAsync(
        ImmutableArray<NodeOutcome> nodes, Func<ImmutableArray<NodeOutcome>, CancellationToken, Task<ImmutableArray<NodeOutcome>>> step, CancellationToken stop)
    {
        var outcomes = await step([.. nodes.Where(node => !node.InUse && ProvisionStates.IsIdle(node.State))], stop);
        var byUuid = outcomes.ToDictionary(outcome => outcome.Uuid, StringComparer.Ordinal);
        return [.. nodes.Select(node => byUuid.GetValueOrDefault(node.Uuid) ?? node)];
    }
}
