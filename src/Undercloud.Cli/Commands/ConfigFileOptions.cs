using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Install;

namespace Undercloud.Cli.Commands;

/// <summary>The options that say which configuration files to read, as every OpenStack service has them.</summary>
internal sealed class ConfigFileOptions
{
    private readonly Option<string?> _conf = CommonOptions.Conf();

    private readonly Option<string[]> _directories = new("--config-dir")
    {
        Description = "Read the *.conf files of this directory after it, in the order of their names; later ones win.",
        HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        command.Add(_conf);
        command.Add(_directories);
    }

    /// <summary>The files' texts; what cannot be read is reported.</summary>
    public ImmutableArray<ConfigText> Read(ParseResult parsed, string home, DiagnosticBag diagnostics) =>
        ConfigFiles.Read(parsed.GetValue(_conf) ?? Path.Combine(home, "undercloud.conf"), parsed.GetValue(_directories) ?? [], diagnostics);
}
