using System.CommandLine;
using System.Globalization;
using Undercloud.Cli.Output;
using Undercloud.Host.BareMetal;
using Undercloud.Host.OpenStack;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary>What the verbs on bare metal nodes share: options, the login, how failures end.</summary>
internal sealed class BareMetalOptions
{
    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "How many nodes Ironic works on at once.",
        HelpName = "NODES",
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "How many minutes to wait in all; Ironic goes on afterwards.",
        HelpName = "MINUTES",
        DefaultValueFactory = _ => 60,
    };

    private readonly RowOptions _rows;

    /// <param name="rows">What the verb prints.</param>
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

    /// <summary>Runs a verb with a login at Ironic; what the cloud refuses ends with exit code 1.</summary>
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
            // What is no number at all the parser says itself; asked for the value, it would throw.
            if (result.Tokens is [{ Value: var text }] && T.TryParse(text, CultureInfo.InvariantCulture, out var value) && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
                result.AddError($"{option.Name} takes {least} to {most}.");
        });
}
