using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary><c>undercloud config sample</c>: an undercloud.conf with every option commented out.</summary>
public static class ConfigSampleCommand
{
    public static Command Create()
    {
        var command = new Command("sample", "Print an undercloud.conf with every option commented out, with its help and its default.");
        command.SetAction(_ =>
        {
            Console.Out.Write(SampleFile.Write());
            return ExitCodes.Done;
        });
        return command;
    }
}
