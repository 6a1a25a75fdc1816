using System.Collections.Immutable;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud install --sandbox</c>: creates a sandbox, copies the tool into it, and runs the same command there.</summary>
internal static class SandboxInstall
{
    private const string ToolInside = "/root/undercloud";
    private const string HomeInside = "/root";

    public static async Task<int> RunAsync(Composition composition, string name, RunOptions options, CancellationToken stop)
    {
        var sandbox = new Sandbox(name, composition.Runner, composition.Time);
        OpenStackRelease release;
        using (var progress = ConsoleProgress.Open(composition.Time))
        {
            var files = FilesToTake(composition.Home, options);
            progress.Phase("Prerequisites");
            await new DebianPrerequisites(composition.Runner, progress).EnsureAsync([PrerequisiteSet.ImageBuild, PrerequisiteSet.Sandbox], stop);
            release = await ReleaseAsync(sandbox, options.Release, progress, stop);
            progress.Phase("Images");
            await BuildAsync(composition, release, progress, stop);
            progress.Phase($"Sandbox {name}");
            await ReadyAsync(sandbox, release, progress, stop);
            progress.Now("copying the tool");
            await CopyToolAsync(composition.Tool, sandbox, stop);
            foreach (var (local, inside) in files)
                await CopyAsync(sandbox, local, inside, stop);
        }

        var code = await sandbox.AttachAsync(["undercloud", "install", "--release", release.Name, .. Flags(options)], stop);
        if (code == ExitCodes.Done && options.Applies)
        {
            var named = name == Sandbox.DefaultName ? "" : $" --name {name}";
            Console.Error.WriteLine($"""
                The undercloud is in the sandbox '{name}'. To use, inspect and remove it:

                undercloud sandbox exec{named} -- openstack token issue
                undercloud sandbox exec{named} -- undercloud status
                undercloud sandbox delete {name}
                """);
        }

        return code;
    }

    // The path of a configuration directory in the sandbox.
    private static string Directories(int index) => $"{HomeInside}/undercloud.conf.d-{index}";

    /// <summary>The options of the command in the sandbox, except the release.</summary>
    internal static IEnumerable<string> Flags(RunOptions options)
    {
        for (var index = 0; index < options.ConfigDirectories.Length; index++)
            yield return $"--config-dir={Directories(index)}";
        if (options.Compat is { } compat)
            yield return $"--compat={compat}";
        if (options.OutputOnly)
            yield return "--output-only";
        if (options.DryRun)
            yield return "--dry-run";
        if (!options.Validations)
            yield return "--no-validations";
        if (options.JsonLog)
            yield return "--log-format=json";
    }

    // The release that is installed in an existing sandbox restricts the choice.
    private static async Task<OpenStackRelease> ReleaseAsync(Sandbox sandbox, string? wanted, IProgressView progress, CancellationToken stop)
    {
        var installed = "";
        if (await sandbox.FindAsync(stop) is { State: not "incomplete" } there)
        {
            if (there.State != "running")
            {
                progress.Now("starting the host");
                await sandbox.StartAsync(null, stop);
            }

            installed = (await sandbox.ExecAsync(["cat", AnsibleProject.ReleaseFile], null, stop)).Output.Trim();
        }

        var diagnostics = new DiagnosticBag();
        return ReleaseChoice.For(wanted, installed.Length > 0 ? installed : null, diagnostics) ?? throw new InputException(diagnostics.All);
    }

    private static async Task BuildAsync(Composition composition, OpenStackRelease release, IProgressView progress, CancellationToken stop)
    {
        var diagnostics = new DiagnosticBag();
        var catalog = ImageDefinitions.Load(composition.Tool.Images, diagnostics);
        if (diagnostics.HasErrors)
            throw new InputException(diagnostics.All);
        ImmutableArray<string> names = [.. catalog.All.Where(d => d.Parameters.Length > 0).Select(d => d.Name), "host"];
        await new ImageBuilder(composition.Runner, composition.Time, progress, composition.Tool.Images).EnsureAsync(names, release, stop);
    }

    private static async Task ReadyAsync(Sandbox sandbox, OpenStackRelease release, IProgressView progress, CancellationToken stop)
    {
        switch ((await sandbox.FindAsync(stop))?.State)
        {
            case null:
                progress.Now("creating the host");
                await sandbox.CreateAsync(ImageDefinition.Tag("host", release), 1, stop);
                break;
            case "incomplete":
                progress.Now("creating the host again: the existing one is incomplete");
                await sandbox.DeleteAsync(stop);
                await sandbox.CreateAsync(ImageDefinition.Tag("host", release), 1, stop);
                break;
            default:
                progress.Now("using the existing host");
                break;
        }
    }

    private static async Task CopyToolAsync(ToolHome tool, Sandbox sandbox, CancellationToken stop)
    {
        // Copied beside the old tool and then renamed: an interrupted copy leaves the old tool intact.
        const string New = ToolInside + ".new";
        (await sandbox.ExecAsync(["sh", "-c", $"rm -rf {New} && mkdir -m 0700 {New}"], null, stop)).OrThrow();
        foreach (var directory in new[] { tool.Templates, tool.Images, tool.Ansible, tool.OpenStackClient })
            await sandbox.CopyIntoAsync(directory, $"{New}/{Path.GetFileName(directory)}", stop);
        await sandbox.CopyIntoAsync(ToolHome.Program, $"{New}/undercloud", stop);
        (await sandbox.ExecAsync(
            ["sh", "-c", $"rm -rf {ToolInside} && mv {New} {ToolInside} && chmod 0755 {ToolInside}/undercloud && ln -sfn {ToolInside}/undercloud /usr/local/bin/undercloud"],
            null,
            stop)).OrThrow();
    }

    // undercloud.conf and the files that it names, each with its path in the sandbox; files in the operator's home go to root's home there.
    internal static List<(string Local, string Inside)> FilesToTake(string home, RunOptions options)
    {
        var conf = options.ConfPath(home);
        var found = new DiagnosticBag();
        var config = options.Wanted(home).ReadConfig(found);
        // A missing file cannot be copied, and the error in the sandbox would show another path.
        if (found.All.Where(finding => finding is { Severity: Severity.Error, Code: ConfigCodes.Missing }).ToImmutableArray() is { IsEmpty: false } missing)
            throw new InputException(missing);
        var named = config.CustomEnvironmentFiles.Concat([config.ContainerImagesFile, config.Templates, config.RolesFile, config.HieradataOverride, config.NetConfigOverride])
            .Append(config.TextOrNull(TlsOptions.ServiceCertificate))
            .OfType<string>()
            .Where(path => Path.IsPathRooted(path) && Path.Exists(path));
        return
        [
            .. File.Exists(conf) ? [(conf, $"{HomeInside}/undercloud.conf")] : Array.Empty<(string, string)>(),
            .. options.ConfigDirectories.Select((directory, index) => (directory, Directories(index))),
            .. named.Select(path => (path, path.StartsWith(home + "/", StringComparison.Ordinal) ? HomeInside + path[home.Length..] : path)),
        ];
    }

    /// <summary>Copies a file, or replaces a directory.</summary>
    internal static async Task CopyAsync(Sandbox sandbox, string local, string inside, CancellationToken stop)
    {
        (await sandbox.ExecAsync(["mkdir", "-p", Path.GetDirectoryName(inside)!], null, stop)).OrThrow();
        if (Directory.Exists(local))
            (await sandbox.ExecAsync(["rm", "-rf", inside], null, stop)).OrThrow();
        await sandbox.CopyIntoAsync(local, inside, stop);
    }
}
