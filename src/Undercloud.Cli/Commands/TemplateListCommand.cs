using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Undercloud.Cli.Output;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;
using Undercloud.Host.Templates;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud template list</c>: the services of each role and the templates they are mapped to.</summary>
public static class TemplateListCommand
{
    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var format = CommonOptions.DataFormat();
        var types = new Option<bool>("--types") { Description = "List every type of the resource registry instead." };
        var command = new Command("list", "List the services of each role, the template each is mapped to, and the environment that says so.") { types, format };
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var chosen = await options.Choice(parsed).OpenAsync(composition, findings, stop);
            if (chosen is null || findings.HasErrors)
                return TemplateFindings.Fail(findings.All);
            if (parsed.GetValue(types))
                Print(TypeMapping.All(chosen.Environment), parsed.GetValue(format)!);
            else if (chosen.Roles.IsEmpty)
                return NoRoles();
            else
                Print(chosen.Roles, chosen.Environment, parsed.GetValue(format)!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static int NoRoles()
    {
        Console.Error.WriteLine("This tree has no roles file, so there are no services to list. Name one with -r, or list the registry with --types.");
        return ExitCodes.ChecksFailed;
    }

    private static void Print(ImmutableArray<TypeMapping> mappings, string format)
    {
        if (format == "table")
            Print(ConsoleTables.Open(), "Type", [.. mappings.Select(mapping => new[] { mapping.Type, Words(mapping), Place(mapping) })]);
        else
            DataOutput.Write(new ListValue([.. mappings.Select(mapping => (Value)new MapValue(Data("type", mapping)))]), format);
    }

    private static void Print(ImmutableArray<RoleServices> roles, HeatEnvironment environment, string format)
    {
        var rows = roles.Select(role => (role.Name, Services: Services(role, environment).Select(service => TypeMapping.Of(environment, service)).ToList())).ToList();
        if (format != "table")
        {
            var all = rows.SelectMany(role => role.Services.Select(mapping => (Value)new MapValue([new("role", role.Name), .. Data("service", mapping)])));
            DataOutput.Write(new ListValue([.. all]), format);
            return;
        }

        var console = ConsoleTables.Open();
        foreach (var (name, services) in rows)
        {
            console.WriteLine($"{name}: {Summary(services)}");
            if (services.Count > 0)
                Print(console, "Service", [.. services.Select(mapping => new[] { Short(mapping.Type), Words(mapping), Place(mapping) })]);
        }
    }

    private static void Print(IAnsiConsole console, string what, List<string[]> rows) =>
        console.Write(ConsoleTables.Fitting(console, [what, "Is", "From"], rows));

    // An environment may give a role other services than its file does.
    private static IEnumerable<string> Services(RoleServices role, HeatEnvironment environment)
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

    private static IEnumerable<KeyValuePair<string, Value>> Data(string key, TypeMapping mapping) =>
    [
        new(key, mapping.Type),
        new("kind", mapping.Kind.ToString().ToLowerInvariant()),
        new("template", mapping.Template is { } template ? template : Value.Null),
        new("chain", new ListValue([.. mapping.Chain.Select(step => (Value)step)])),
        new("file", mapping.Decided is { } place ? place.Path : Value.Null),
        new("line", mapping.Decided is { } at ? at.Line : Value.Null),
    ];
}
