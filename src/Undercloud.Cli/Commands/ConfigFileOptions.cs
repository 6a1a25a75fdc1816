using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;

namespace Undercloud.Cli.Commands;

/// <summary>The options for configuration files, with the names that every OpenStack service uses.</summary>
internal sealed class ConfigFileOptions
{
    private readonly Option<string?> _conf = CommonOptions.Conf();

    private readonly Option<string[]> _directories = new("--config-dir")
    {
        Description = "Read the *.conf files of this directory after --conf, in the order of their names; later files win.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _compat = CommonOptions.Compat();

    public void AddTo(Command command)
    {
        command.Add(_conf);
        command.Add(_directories);
        command.Add(_compat);
    }

    /// <summary>The run options with these options.</summary>
    public RunOptions RunOptions(ParseResult parsed, string? release, bool outputOnly, bool dryRun) =>
        new(parsed.GetValue(_conf), release, outputOnly, dryRun)
        {
            ConfigDirectories = [.. (parsed.GetValue(_directories) ?? []).Select(Path.GetFullPath)],
            Compat = parsed.GetValue(_compat),
        };

    /// <summary>The effective configuration; errors are reported.</summary>
    public UndercloudConfig Read(ParseResult parsed, ImmutableArray<ConfigText> texts, string home, DiagnosticBag diagnostics) =>
        UndercloudConfig.Read(texts, home, diagnostics, Commands.RunOptions.Named(parsed.GetValue(_compat)));

    /// <summary>The texts of the files; unreadable files are reported.</summary>
    public ImmutableArray<ConfigText> Texts(ParseResult parsed, string home, DiagnosticBag diagnostics) =>
        ConfigFiles.Read(parsed.GetValue(_conf) ?? Path.Combine(home, "undercloud.conf"), parsed.GetValue(_directories) ?? [], diagnostics, isNamed: parsed.GetValue(_conf) is not null);
}
