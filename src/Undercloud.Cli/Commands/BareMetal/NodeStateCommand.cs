using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.BareMetal;
using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary><c>undercloud node introspect</c> and <c>undercloud node provide</c>: move nodes of Ironic to another state and wait for them.</summary>
internal sealed class NodeStateCommand
{
    private readonly Composition _composition;
    private readonly Argument<string[]> _nodes = new("nodes") { Description = "Nodes, by name or identifier.", HelpName = "NODE", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all-manageable") { Description = "All nodes in the state manageable." };
    private readonly Option<bool> _provide = new("--provide") { Description = "Make the nodes available afterwards." };
    private readonly BareMetalOptions _options = new(RowOptions.For(NodeTable.Outcomes));
    private readonly bool _inspects;

    private NodeStateCommand(Composition composition, bool inspects) => (_composition, _inspects) = (composition, inspects);

    public static Command Introspect(Composition composition) =>
        new NodeStateCommand(composition, inspects: true).Command("introspect", "Inspect the hardware of nodes with Ironic: processors, memory, disks, network cards.");

    public static Command Provide(Composition composition) =>
        new NodeStateCommand(composition, inspects: false).Command("provide", "Make nodes available to Nova.");

    private Command Command(string name, string description)
    {
        var command = new Command(name, description) { _nodes, _all };
        if (_inspects)
            command.Add(_provide);
        _options.AddTo(command);
        command.Validators.Add(result =>
        {
            // The parser takes an unknown option for the name of a node.
            if (result.GetValue(_nodes)?.FirstOrDefault(node => node.StartsWith('-')) is { } option)
                result.AddError($"There is no option {option}.");
            else if (result.GetValue(_nodes) is { Length: > 0 } == result.GetValue(_all))
                result.AddError("Name the nodes, or use --all-manageable.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var progress = ConsoleProgress.Open(_composition.Time);
        return await BareMetalOptions.RunAsync(_composition, progress, async ironic =>
        {
            var chosen = Chosen(parsed, await ironic.StatesAsync(stop));
            if (chosen.IsEmpty)
            {
                await Console.Error.WriteLineAsync("No node is manageable: there is nothing to do.");
                return ExitCodes.Done;
            }

            var pipeline = _options.Pipeline(parsed, ironic, progress, _composition.Time);
            var outcomes = chosen;
            if (_inspects)
                outcomes = await pipeline.IntrospectAsync(outcomes, stop);
            if (!_inspects || parsed.GetValue(_provide))
                outcomes = await pipeline.ProvideAsync(outcomes, stop);
            NodeTable.Write(Console.Out, outcomes, await ironic.NodesAsync(stop), _options.Choice(parsed), _inspects);
            return outcomes.Any(outcome => outcome.Error is not null) ? ExitCodes.Failed : ExitCodes.Done;
        }, stop);
    }

    private ImmutableArray<NodeOutcome> Chosen(ParseResult parsed, ImmutableArray<FoundNode> found)
    {
        var findings = new DiagnosticBag();
        var chosen = parsed.GetValue(_all) ? NodeSelection.Manageable(found) : NodeSelection.Named(found, parsed.GetValue(_nodes)!, findings);
        return findings.HasErrors ? throw new InputException(findings.All) : [.. chosen.Select(node => new NodeOutcome(node.Uuid, node.Label, node.State) { InUse = node.Instance is not null })];
    }
}
