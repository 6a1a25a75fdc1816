using System.CommandLine;
using System.Globalization;
using Undercloud.Cli.Output;
using Undercloud.Host.BareMetal;
using Undercloud.Host.OpenStack;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary>The common parts of the commands for bare metal nodes: options, login, failures.</summary>
internal sealed class BareMetalOptions
{
    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "The number of nodes on which Ironic works at a time.",
        HelpName = "NODES",
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "The time limit in minutes; Ironic continues afterwards.",
        HelpName = "MINUTES",
        DefaultValueFactory = _ => 60,
    };

    private readonly RowOptions _rows;

    /// <param name="rows">The rows that the command prints.</param>
    public BareMetalOptions(RowOptions rows)
    {
        _rows = rows;
        Positive(_concurrency, 1, 1000);
        Positive(_timeout, 0.01, 7 * 24 * 60);
    }

    public void AddTo(Command command)
    {
        command.Add(_concurrency);
        command.Add(_timeout);
        _rows.AddTo(command);
    }

    /// <summary>Runs a command with a login to Ironic; an error of the cloud gives exit code 1.</summary>
    public static async Task<int> RunAsync(Composition composition, IProgressView progress, Func<IronicClient, Task<int>> act, CancellationToken stop)
    {
        try
        {
            progress.Phase("Login");
            var login = OperatorLogin.Find(Environment.GetEnvironmentVariable, composition.Home);
            using var handler = TrustedHandler.Create(login.Certificates);
            using var ironic = await IronicClient.OpenAsync(handler, login, composition.Time, stop);
            return await act(ironic);
        }
        catch (CloudException exception)
        {
            progress.Warn(exception.Message);
            return ExitCodes.Failed;
        }
    }

    public NodePipeline Pipeline(ParseResult parsed, IronicClient ironic, IProgressView progress, TimeProvider time) =>
        new(new(ironic, progress, time, parsed.GetValue(_concurrency), TimeSpan.FromMinutes(parsed.GetValue(_timeout))));

    public RowChoice Choice(ParseResult parsed) => _rows.Of(parsed);

    private static void Positive<T>(Option<T> option, T least, T most)
        where T : IComparable<T>, IParsable<T> =>
        option.Validators.Add(result =>
        {
            // The parser itself reports text that is not a number, and throws when the value is read.
            if (result.Tokens is [{ Value: var text }] && T.TryParse(text, CultureInfo.InvariantCulture, out var value) && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
                result.AddError($"{option.Name} takes {least} to {most}.");
        });
}
