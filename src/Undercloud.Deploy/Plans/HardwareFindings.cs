using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>Finds hardware types and interfaces in environment files and hieradata with which the conductor of the release's Ironic would not start.</summary>
internal sealed class HardwareFindings
{
    private const string Overrides = "IronicConfigOverrides";

    private readonly RunEnvironment _run;
    private readonly Inputs _inputs;
    private readonly MapValue _options;

    private HardwareFindings(RunEnvironment run, Inputs inputs, ServiceData conductor)
    {
        (_run, _inputs) = (run, inputs);
        var file = conductor.Files.FirstOrDefault(file => Path.GetFileName(file.Path) == "ironic.conf");
        var content = file?.Content is MapValue sections ? ConfigOverrides.Apply(file.Format, sections, ConfigOverrides.For(file, conductor.ConfigOverrides)) : MapValue.Empty;
        _options = content["DEFAULT"] as MapValue ?? MapValue.Empty;
    }

    /// <summary>An error for each name that Ironic does not have, each list that is empty and each default that is not enabled.</summary>
    /// <param name="run">The operator's settings.</param>
    /// <param name="inputs">The release, and undercloud.conf.</param>
    /// <param name="conductor">The service, with its ironic.conf.</param>
    public static IEnumerable<Diagnostic> Of(RunEnvironment run, Inputs inputs, ServiceData conductor)
    {
        var findings = new HardwareFindings(run, inputs, conductor);
        return [.. HardwareSupport.Lists.SelectMany(list => findings.Unknown(list)), .. HardwareSupport.Lists.SelectMany(list => findings.Refused(list))];
    }

    private IEnumerable<Diagnostic> Unknown(HardwareList list)
    {
        var known = HardwareSupport.Names(list, _inputs.Release);
        return
            from given in Given(list)
            from name in Names(given.Value)
            where !known.Contains(name) && !HardwareSupport.IsLeftOut(list, name)
            select Finding(
                $"{given.What} has {name}, which the Ironic of {_inputs.Release} does not have: its conductor would not start.", given.Place,
                HardwareSupport.Gone(name) is { } reason ? $"{reason} Take it out."
                : known.Contains(ClassicDrivers.TypeOf(name) ?? "") ? $"It is a classic driver. Write {ClassicDrivers.TypeOf(name)}."
                : NearestName.Of(name, known) is { } nearest ? $"Did you mean {nearest}?"
                : $"There are {string.Join(", ", known)}.");
    }

    // ironic/conductor/base_manager.py: no list may be empty, and a default must be among the enabled ones. The check reads the file.
    private IEnumerable<Diagnostic> Refused(HardwareList list)
    {
        if (_options[list.Option] is not (StringValue or ListValue) || _options[list.Option] is not { } value)
            yield break;
        var place = Place(list);
        if (!list.IsDefault)
        {
            if (!Names(value).Any() && place is not null)
                yield return Finding($"{list.Option} of ironic.conf would be empty: Ironic's conductor would not start.", place,
                    $"Name one of {string.Join(", ", HardwareSupport.Names(list, _inputs.Release))}, or leave it out.");
            yield break;
        }

        var enabled = HardwareSupport.Lists.First(other => !other.IsDefault && other.Kind == list.Kind);
        string[] names = [.. Names(_options[enabled.Option] ?? Value.Null)];
        if (names.Length == 0 || (OperatorsPlace(place) ?? OperatorsPlace(Place(enabled)) ?? place) is not { } at)
            yield break;
        foreach (var name in Names(value).Where(name => !names.Contains(name) && IsKnown(list, name)))
        {
            yield return Finding(
                $"{list.Option} of ironic.conf would be {name}, which is not among {enabled.Option} ({string.Join(", ", names)}): Ironic's conductor would not start.", at,
                "Name one of those, or enable it too.");
        }
    }

    // A name that Ironic does not have already has a finding of its own.
    private bool IsKnown(HardwareList list, string name) => HardwareSupport.Names(list, _inputs.Release).Contains(name) || HardwareSupport.IsLeftOut(list, name);

    private Diagnostic Finding(string message, SourceSpan? place, string remedy) =>
        new(PluginFindings.Gravity(_run, _inputs, "ContainerIronicConductorImage"), ConfigCodes.NoSuchHardware, message, place, remedy);

    private SourceSpan? Place(HardwareList list) => Given(list).Select(given => given.Place).LastOrDefault(place => place is not null);

    private SourceSpan? OperatorsPlace(SourceSpan? place) =>
        _inputs.Environments.Append(_inputs.ContainerImages).Append(_inputs.Hieradata).Any(file => file is not null && file.Path == place?.Path) ? place : null;

    // Lists that follow from undercloud.conf have no place, and already fit the release. Hardware types that no release has were
    // reported when the file was read.
    private IEnumerable<(string What, Value Value, SourceSpan? Place)> Given(HardwareList list)
    {
        var types = _inputs.Config[HardwareOptions.EnabledHardwareTypes];
        var environment = _run.Environment;
        if (environment.ParameterDefaults[list.Parameter] is { } value && environment.Location(list.Parameter) is { } place)
            yield return (list.Parameter, value, place);
        else if (list.Option == types.Option.Name)
            yield return (list.Option, new ListValue([.. Names(types.Value).Where(HardwareSupport.Types.Contains).Select(name => (Value)name)]), types.Location);
        if (((environment.ParameterDefaults[Overrides] as MapValue)?["ironic.conf"] as MapValue)?["DEFAULT"] is MapValue options && options[list.Option] is { } option)
        {
            var key = _run.Hieradata.Translated.LastOrDefault(translated => translated.Target is { Parameter: Overrides } target && target.Option == list.Option);
            yield return (key?.Key.Name ?? $"{list.Option} in {Overrides}", option, key?.Key.Location ?? environment.Location(Overrides));
        }
    }

    private static IEnumerable<string> Names(Value value) => value switch
    {
        StringValue text => text.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ListValue list => list.Items.SelectMany(Names),
        _ => [],
    };
}
