using System.CommandLine;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary><c>undercloud config</c>: undercloud.conf itself.</summary>
public static class ConfigCommand
{
    public static Command Create(Composition composition) => new("config", "Look at, check and migrate undercloud.conf.")
    {
        ConfigSampleCommand.Create(),
        ConfigValidateCommand.Create(composition),
        ConfigShowCommand.Create(composition),
        ConfigMigrateCommand.Create(composition),
        ConfigReferenceCommand.Create(),
    };
}
