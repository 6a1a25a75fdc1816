using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template list</c>: the services of each role and the templates they are mapped to.</summary>
public static class TemplateListCommand
{
    private static Rows<TypeMapping> TypeRows { get; } = new([new("type", "Type", mapping => mapping.Type), .. Mapping<TypeMapping>(mapping => mapping)]);

    private static Rows<(string Role, TypeMapping Mapping)> ServiceRows { get; } = new(
    [
        new("role", "Role", row => row.Role),
        new("service", "Service", row => row.Mapping.Type) { Text = row => Short(row.Mapping.Type) },
        .. Mapping<(string, TypeMapping Mapping)>(row => row.Mapping),
    ]);

    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var format = RowOptions.For(ServiceRows).Or(TypeRows);
        var types = new Option<bool>("--types") { Description = "List every type of the resource registry instead." };
        var command = new Command("list", "List the services of each role, the template of each, and the environment that maps it.") { types };
        format.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var chosen = await options.Choice(parsed).OpenAsync(composition, findings, stop);
            if (chosen is null || findings.HasErrors)
                return TemplateFindings.Fail(findings.All);
            if (parsed.GetValue(types))
                TypeRows.Write(Console.Out, TypeMapping.All(chosen.Environment), format.Of(parsed));
            else if (chosen.Roles.IsEmpty)
                return NoRoles();
            else
                Print(chosen.Roles, chosen.Environment, format.Of(parsed));
            return ExitCodes.Done;
        });
        return command;
    }

    private static int NoRoles()
    {
        Console.Error.WriteLine("This tree has no roles file, so there are no services to list. Name one with -r, or list the registry with --types.");
        return ExitCodes.ChecksFailed;
    }

    private static void Print(ImmutableArray<NodeRole> roles, HeatEnvironment environment, RowChoice choice)
    {
        var rows = roles.Select(role => (role.Name, Services: Services(role, environment).Select(service => TypeMapping.Of(environment, service)).ToList())).ToList();
        if (!choice.IsTable || !choice.Columns.IsEmpty)
        {
            ServiceRows.Write(Console.Out, rows.SelectMany(role => role.Services.Select(mapping => (role.Name, mapping))), choice);
            return;
        }

        foreach (var (name, services) in rows)
        {
            Console.Out.WriteLine($"{name}: {Summary(services)}");
            if (services.Count > 0)
                TextTable.Write(Console.Out, ["Service", "Is", "From"], services.Select(mapping => new[] { Short(mapping.Type), Words(mapping), Place(mapping) }));
        }
    }

    // An environment may give a role other services than the roles file.
    private static IEnumerable<string> Services(NodeRole role, HeatEnvironment environment)
    {
        var parameter = $"{role.Name}Services";
        return (environment.Parameters[parameter] ?? environment.ParameterDefaults[parameter]) switch
        {
            ListValue list => list.Items.Select(PythonText.Str),
            StringValue { Text: var text } => text.Split(',', StringSplitOptions.RemoveEmptyEntries),
            _ => role.Services,
        };
    }

    private static string Summary(List<TypeMapping> services)
    {
        int Of(MappingKind kind) => services.Count(service => service.Kind == kind);
        var parts = new[] { (Of(MappingKind.None), "none"), (Of(MappingKind.Nothing), "mapped to nothing") };
        var rest = string.Concat(parts.Where(part => part.Item1 > 0).Select(part => $", {part.Item1} {part.Item2}"));
        return $"{services.Count} service{(services.Count == 1 ? "" : "s")}{rest}";
    }

    private static string Short(string type) => type.StartsWith(ServiceView.TypePrefix, StringComparison.Ordinal) ? type[ServiceView.TypePrefix.Length..] : type;

    private static string Words(TypeMapping mapping) => mapping.Kind switch
    {
        MappingKind.Nothing => "NOTHING: no mapping",
        MappingKind.None => string.Join(" > ", mapping.Chain.SkipLast(1).Append("none")),
        _ => mapping.Chain.IsEmpty ? "itself" : string.Join(" > ", mapping.Chain),
    };

    private static string Place(TypeMapping mapping) => mapping.Decided is { } place ? $"{place.Path}:{place.Line}" : "";

    private static Column<T>[] Mapping<T>(Func<T, TypeMapping> of) =>
    [
        new("kind", "Kind", row => of(row).Kind.ToString().ToLowerInvariant()) { Place = ColumnPlace.Data },
        new("is", "Is", row => Words(of(row))),
        new("from", "From", row => Place(of(row))),
        new("template", "Template", row => of(row).Template is { } template ? template : Value.Null) { Place = ColumnPlace.Data },
        new("chain", "Chain", row => new ListValue([.. of(row).Chain.Select(step => (Value)step)])) { Place = ColumnPlace.Data },
        new("file", "File", row => of(row).Decided is { } place ? place.Path : Value.Null) { Place = ColumnPlace.Data },
        new("line", "Line", row => of(row).Decided is { } at ? at.Line : Value.Null) { Place = ColumnPlace.Data },
    ];
}
