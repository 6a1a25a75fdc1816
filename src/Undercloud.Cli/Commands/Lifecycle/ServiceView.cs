using Undercloud.Cli.Output;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>A resource of a resolved stack, as <c>template show</c> prints it.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Mapping">The mapping of its type.</param>
/// <param name="Mask">Hides secrets.</param>
internal sealed record ServiceView(ResolvedResource Resource, TypeMapping Mapping, ValueMask Mask)
{
    /// <summary>The common prefix of the types of services.</summary>
    public const string TypePrefix = "OS::TripleO::Services::";

    private const string UsualOutput = "role_data";
    private const string Hidden = "***";
    private const int LongestValue = 40;

    /// <summary>Prints the whole resource, or only one output or key, and returns the exit code.</summary>
    public int Print(string? output, string? key, string format, StackResult result)
    {
        if (Resource.Template is null)
        {
            Console.Out.WriteLine($"{Resource.Type} at {ResourceSearch.PathOf(Resource)} is {(Mapping.Kind == MappingKind.None ? "mapped to OS::Heat::None" : "no template")}{Decided}: it has no parameters and no outputs.");
            return ExitCodes.Done;
        }

        if (output is null && key is null)
        {
            if (format == "table")
                PrintTable(result);
            else
                DataOutput.Write(Data(), format);
            return ExitCodes.Done;
        }

        if (Pick(output ?? UsualOutput, key) is not { } value)
        {
            TellErrors(result);
            return ExitCodes.ChecksFailed;
        }

        DataOutput.Write(Mask.Apply(value), format == "table" ? "yaml" : format);
        return ExitCodes.Done;
    }

    /// <summary>Prints a note when the stack has errors: a resource or an output that failed is missing, and the reason is in the findings.</summary>
    public static void TellErrors(StackResult result)
    {
        var errors = result.Diagnostics.Count(finding => finding.Severity == Severity.Error);
        if (errors > 0)
            Console.Error.WriteLine($"This stack has {errors} error{(errors == 1 ? "" : "s")}, so resources and outputs may be missing. See `undercloud template validate`.");
    }

    private string Decided => Mapping.Decided is { } place ? $" by {place.Path}:{place.Line}" : "";

    private Value? Pick(string output, string? key)
    {
        if (Resource.Outputs[output] is not { } value)
        {
            Console.Error.WriteLine($"{Resource.Type} has no output '{output}'. {Suggestion.For(output, Resource.Outputs.Keys)}".TrimEnd());
            return null;
        }

        if (key is null)
            return value;
        if ((value as MapValue)?[key] is { } part)
            return part;
        Console.Error.WriteLine($"The output '{output}' of {Resource.Type} has no key '{key}'. {Suggestion.For(key, (value as MapValue)?.Keys ?? [])}".TrimEnd());
        return null;
    }

    private void PrintTable(StackResult result)
    {
        Console.Out.WriteLine($"Service:  {Resource.Type}");
        Console.Out.WriteLine($"Path:     {ResourceSearch.PathOf(Resource)}");
        Console.Out.WriteLine($"Template: {Resource.Template}{(Mapping.Decided is null ? "" : $", mapped{Decided}")}");
        if (!Resource.Parameters.IsEmpty)
        {
            Console.Out.WriteLine();
            TextTable.Write(Console.Out, ["Parameter", "Value", "From"], Resource.Parameters.Select(parameter => new[] { parameter.Name, Short(parameter), Origin(parameter) }));
        }

        var name = Resource.Outputs.ContainsKey(UsualOutput) ? UsualOutput : null;
        foreach (var (output, value) in Resource.Outputs.Entries.Where(entry => name is null || entry.Key == name))
        {
            Console.Out.WriteLine();
            Console.Out.Write(YamlWriter.Write(new MapValue([new(output, Mask.Apply(value))])));
        }

        var others = Resource.Outputs.Keys.Where(output => name is not null && output != name).ToList();
        if (others.Count > 0)
            Console.Out.WriteLine($"\nOther outputs, see --output: {string.Join(", ", others)}");
        if (Resource.Outputs.Count == 0)
            TellErrors(result);
    }

    private MapValue Data() => new(
    [
        new("service", Resource.Type),
        new("path", ResourceSearch.PathOf(Resource)),
        new("template", Resource.Template!),
        new("parameters", new ListValue([.. Resource.Parameters.Select(Data)])),
        new("outputs", Mask.Apply(Resource.Outputs)),
    ]);

    private Value Data(ResolvedParameter parameter) => new MapValue(
    [
        new("name", parameter.Name),
        new("value", Shown(parameter)),
        new("from", parameter.Origin.ToString().ToLowerInvariant()),
        new("file", parameter.Location is { } place ? place.Path : Value.Null),
        new("line", parameter.Location is { } at ? at.Line : Value.Null),
    ]);

    private Value Shown(ResolvedParameter parameter) =>
        parameter.Value is not { } value ? Value.Null
        : parameter.Hidden && Mask != ValueMask.None && value is not StringValue { Text: "" } ? Hidden
        : Mask.Apply(value);

    private string Short(ResolvedParameter parameter)
    {
        if (parameter.Value is null)
            return "";
        var text = Shown(parameter) is StringValue plain ? plain.Text.ReplaceLineEndings(" ") : Shown(parameter).ToString();
        return text.Length <= LongestValue ? text : text[..(LongestValue - 1)] + "…";
    }

    private static string Origin(ResolvedParameter parameter)
    {
        if (parameter.Value is null)
            return "MISSING";
        var place = parameter.Location is { } at ? $"{at.Path}:{at.Line}" : null;
        return parameter.Origin switch
        {
            ParameterOrigin.Default => "default",
            ParameterOrigin.Property => place is null ? "property" : $"property, {place}",
            _ => place ?? "environment",
        };
    }
}
