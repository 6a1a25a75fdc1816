using System.CommandLine;
using System.Text.Json;
using Undercloud.Cli.Output;
using Undercloud.Deploy.ConfigDownload;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template config-download</c>: the Ansible project of a resolved stack's outputs.</summary>
internal static class TemplateConfigDownloadCommand
{
    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var outputs = new Option<string?>("--outputs") { Description = "A stack's outputs instead of a tree, a JSON map by name.", HelpName = "FILE" };
        var deployments = new Option<string?>("--deployments") { Description = "With --outputs: the stack's software deployments and network configurations, JSON.", HelpName = "FILE" };
        var role = new Option<string>("--standalone-role")
        {
            Description = "The role of this host.",
            HelpName = "ROLE",
            DefaultValueFactory = _ => "Undercloud",
        };
        var layout = new Option<string?>("--layout") { Description = "The project's layout: queens or train. Default: the layout for which the outputs are made." };
        layout.AcceptOnlyFromAmong("queens", "train");
        var directory = new Option<string>("-o", "--output-dir") { Description = "The directory to write.", HelpName = "DIR", Required = true };
        var command = new Command("config-download", "Resolve a tree of Heat templates and write the Ansible project that tripleo-common would make of it.")
        {
            outputs, deployments, role, layout, directory,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(deployments) is not null && result.GetValue(outputs) is null)
                result.AddError("--deployments belongs to --outputs: what a tree resolves to has its own.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var request = parsed.GetValue(outputs) is { } file
                ? Given(options.Choice(parsed).Stack, file, parsed.GetValue(deployments), findings)
                : await ResolvedAsync(options, parsed, composition, findings, stop);
            if (request is null || findings.HasErrors)
                return TemplateFindings.Fail(findings.All);
            request = request with
            {
                Layout = parsed.GetValue(layout) is { } name ? Enum.Parse<ConfigDownloadLayout>(name, ignoreCase: true) : null,
                Inventory = request.Inventory with { LocalRole = parsed.GetValue(role)! },
            };
            Write(request, parsed.GetValue(directory)!, findings);
            return ExitCodes.Done;
        });
        return command;
    }

    private static ConfigDownloadRequest Given(string stack, string outputs, string? deployments, DiagnosticBag findings)
    {
        var request = new ConfigDownloadRequest(stack, Map(outputs));
        return deployments is null ? request : ServerDeploymentReader.Read(request, Map(deployments), findings);
    }

    private static async Task<ConfigDownloadRequest?> ResolvedAsync(
        TemplateOptions options, ParseResult parsed, Composition composition, DiagnosticBag findings, CancellationToken stop)
    {
        if (await options.RequestAsync(parsed, composition, findings, stop) is not { } made || findings.HasErrors)
            return null;
        var result = StackResolver.Resolve(made);
        findings.AddRange(TemplateFindings.Of(result).Where(finding => finding.Severity == Severity.Error));
        return ResolvedDeployments.Request(made.Name, result, made.Environment.ParameterDefaults);
    }

    /// <summary>Writes the request's project to the directory and reports the changes.</summary>
    internal static void Write(ConfigDownloadRequest request, string directory, DiagnosticBag findings)
    {
        var files = ConfigDownload.Write(request, findings);
        foreach (var warning in findings.All.Where(finding => finding.Severity == Severity.Warning))
            Console.Error.WriteLine(warning);
        if (findings.HasErrors)
            throw new InputException(findings.All);
        var changes = new ProjectDirectory(directory).Write(files);
        foreach (var kept in changes.Kept)
            Console.Error.WriteLine($"{Path.Combine(directory, kept)} is no longer part of the project, but it was edited since it was written, so it is not removed.");
        Console.Out.WriteLine(
            $"{directory}: {files.Length} files; {changes.Written.Count} written, {changes.Unchanged.Count} as they were, {changes.Removed.Count} removed.");
    }

    private static MapValue Map(string file)
    {
        if (!File.Exists(file))
            throw Refusal(file, "there is no such file");
        try
        {
            return PythonJson.Read(File.ReadAllText(file)) as MapValue ?? throw Refusal(file, "it is no map");
        }
        catch (JsonException exception)
        {
            throw Refusal(file, exception.Message);
        }
    }

    private static InputException Refusal(string file, string why) =>
        new([new(Severity.Error, "DOWNLOAD011", $"This is not the expected JSON: {why.TrimEnd('.')}.", new SourceSpan(file, 0, 0))]);
}
