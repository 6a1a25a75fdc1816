using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>Finds hardware types and interfaces in environment files and hieradata that the Ironic of the release does not have.</summary>
internal static class HardwareFindings
{
    private const string Overrides = "IronicConfigOverrides";

    /// <summary>An error for each name that Ironic's conductor would not start with.</summary>
    public static IEnumerable<Diagnostic> Of(RunEnvironment run, Inputs inputs)
    {
        foreach (var list in HardwareSupport.Lists)
        {
            var known = HardwareSupport.Names(list, inputs.Release);
            foreach (var (what, value, place) in Given(list, run, inputs))
            {
                foreach (var name in Names(value).Where(name => !known.Contains(name) && !HardwareSupport.IsLeftOut(list, name)))
                {
                    yield return new(
                        inputs.Validations ? Severity.Error : Severity.Warning, ConfigCodes.NoSuchHardware,
                        $"{what} has {name}, which the Ironic of {inputs.Release} does not have: its conductor would not start.", place,
                        HardwareSupport.Gone(name) is { } reason ? $"{reason} Take it out."
                        : NearestName.Of(name, known) is { } nearest ? $"Did you mean {nearest}?"
                        : $"There are {string.Join(", ", known)}.");
                }
            }
        }
    }

    // Lists that follow from undercloud.conf have no place, and are for the release already. What no release has among its hardware types was
    // said when the file was read.
    private static IEnumerable<(string What, Value Value, SourceSpan? Place)> Given(HardwareList list, RunEnvironment run, Inputs inputs)
    {
        var types = inputs.Config[HardwareOptions.EnabledHardwareTypes];
        if (run.Environment.ParameterDefaults[list.Parameter] is { } value && run.Environment.Location(list.Parameter) is { } place)
            yield return (list.Parameter, value, place);
        else if (list.Option == types.Option.Name)
            yield return (list.Option, new ListValue([.. Names(types.Value).Where(HardwareSupport.Types.Contains).Select(name => (Value)name)]), types.Location);
        if (((run.Environment.ParameterDefaults[Overrides] as MapValue)?["ironic.conf"] as MapValue)?["DEFAULT"] is MapValue options && options[list.Option] is { } option)
        {
            var key = run.Hieradata.Translated.LastOrDefault(translated => translated.Target is { Parameter: Overrides } target && target.Option == list.Option);
            yield return (key?.Key.Name ?? $"{list.Option} in {Overrides}", option, key?.Key.Location ?? run.Environment.Location(Overrides));
        }
    }

    private static IEnumerable<string> Names(Value value) => value switch
    {
        StringValue text => text.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ListValue list => list.Items.SelectMany(Names),
        _ => [],
    };
}
