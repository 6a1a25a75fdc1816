using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// Finds names of plugins, drivers, filters and stores in environment files and hieradata that the services of the release do not have. The
/// check reads the file that a service gets. A name is an error where the service would not start. An image that is not the tool's own may have
/// more plugins, so with such an image, and with --no-validations, the finding is a warning.
/// </summary>
internal sealed class PluginFindings(RunEnvironment run, Inputs inputs, ImmutableArray<ServiceData> services)
{
    private static readonly ImmutableArray<string> s_modules = ["neutron", "nova", "networking_baremetal"];

    /// <summary>All findings, in the order of the lists.</summary>
    public IEnumerable<Diagnostic> All() => PluginLists.All.SelectMany(Unknown).Concat(NotAmongTypes()).Concat(NotAmongStores()).Distinct();

    /// <summary>The severity of a name that an image does not have.</summary>
    /// <param name="run">The operator's settings.</param>
    /// <param name="inputs">The tool's own images, and whether validations are on.</param>
    /// <param name="image">The parameter that names the image.</param>
    public static Severity Gravity(RunEnvironment run, Inputs inputs, string image) =>
        !inputs.Validations || run.Environment.Location(image) is not null && run.Environment.ParameterDefaults[image] is StringValue { Text: var own } && !inputs.ImageParameters.Values.Contains(own)
            ? Severity.Warning
            : Severity.Error;

    private IEnumerable<Diagnostic> Unknown(PluginList list)
    {
        var known = list.Names(inputs.Release);
        if (Given(list) is not { } given)
            yield break;

        // Filters from other packages may have any name.
        if (list == PluginLists.EnabledFilters && Values(PluginLists.AvailableFilters).Any(name => !IsKnown(PluginLists.AvailableFilters, [PluginLists.AllFilters], name)))
            yield break;
        foreach (var name in Values(list).Select(name => list == PluginLists.Stores ? name.Split(':')[^1].Trim() : name).Where(name => !IsKnown(list, known, name)).Distinct())
        {
            yield return new(
                list.IsFatal ? Gravity(run, inputs, list.Image) : Severity.Warning, ConfigCodes.NoSuchPlugin,
                $"{given.What} has {name}, which the {list.Project} of {inputs.Release} does not have: {list.Consequence}.", given.Place,
                PluginLists.Gone(name) ?? (NearestName.Of(name, known) is { } nearest ? $"Did you mean {nearest}?" : $"There are {string.Join(", ", known)}."));
        }
    }

    private static bool IsKnown(PluginList list, IEnumerable<string> known, string name) =>
        known.Contains(name) || (list.TakesClasses && name.Contains('.') && s_modules.Contains(name.Split('.')[0]));

    // neutron/plugins/ml2/managers.py, _check_tenant_network_types.
    private IEnumerable<Diagnostic> NotAmongTypes()
    {
        var (types, networks) = (PluginLists.All.First(list => list.Option == "type_drivers"), PluginLists.All.First(list => list.Option == "tenant_network_types"));
        var (known, loaded) = (types.Names(inputs.Release), Values(types).ToList());
        if ((Given(networks) ?? Given(types)) is { } given)
        {
            foreach (var name in Values(networks).Where(name => known.Contains(name) && !loaded.Contains(name)))
            {
                yield return new(
                    Gravity(run, inputs, networks.Image), ConfigCodes.NoSuchPlugin,
                    $"tenant_network_types of ml2_conf.ini would have {name}, which is not among type_drivers ({string.Join(", ", loaded)}): {networks.Consequence}.", given.Place,
                    $"Add it to {types.Parameter}, or take it out of {networks.Parameter}.");
            }
        }
    }

    // glance_store/multi_backend.py, verify_store: a store that Glance ignores is not available either.
    private IEnumerable<Diagnostic> NotAmongStores()
    {
        var preset = PluginLists.Stores with { Section = "glance_store", Option = "default_backend" };
        var stores = Values(PluginLists.Stores).Select(store => store.Split(':', 2)).ToList();
        var known = PluginLists.Stores.Names(inputs.Release);
        string[] loaded = [.. stores.Where(store => known.Contains(store[^1].Trim())).Select(store => store[0].Trim())];
        if ((Given(preset) ?? Given(PluginLists.Stores)) is { } given)
        {
            foreach (var name in Values(preset).Where(name => !loaded.Contains(name)))
            {
                yield return new(
                    Gravity(run, inputs, preset.Image), ConfigCodes.NoSuchPlugin,
                    $"default_backend of glance-api.conf would be {name}, which is no store among enabled_backends ({string.Join(", ", loaded)}): Glance would not start.", given.Place,
                    $"Set both in {preset.Overrides}, e.g. {{glance-api.conf: {{DEFAULT: {{enabled_backends: 'file:file'}}, glance_store: {{default_backend: file}}}}}}.");
            }
        }
    }

    // The names in the final file.
    private IEnumerable<string> Values(PluginList list)
    {
        if (services.FirstOrDefault(service => service.Name == list.Service) is not { } service
            || service.Files.FirstOrDefault(file => Path.GetFileName(file.Path) == list.File) is not { Content: MapValue content } file)
            return [];
        var sections = ConfigOverrides.Apply(file.Format, content, ConfigOverrides.For(file, service.ConfigOverrides));
        return Names((sections[list.Section] as MapValue)?[list.Option] ?? Value.Null);
    }

    // The operator's setting. Names that the templates set by themselves are right.
    private (string What, SourceSpan? Place)? Given(PluginList list)
    {
        var environment = run.Environment;
        if (((environment.ParameterDefaults[list.Overrides] as MapValue)?.Entries ?? [])
            .Any(file => Path.GetFileName(file.Key) == list.File && ((file.Value as MapValue)?[list.Section] as MapValue)?.ContainsKey(list.Option) == true))
        {
            var key = run.Hieradata.Translated.LastOrDefault(translated => translated.Target is { } target
                && target.Parameter == list.Overrides && target.File == list.File && target.Section == list.Section && target.Option == list.Option);
            return (key?.Key.Name ?? $"{list.Option} in {list.Overrides}", key?.Key.Location ?? environment.Location(list.Overrides));
        }

        return list.Parameter.Length > 0 && environment.Location(list.Parameter) is { } place ? (list.Parameter, place) : null;
    }

    private static IEnumerable<string> Names(Value value) => value switch
    {
        StringValue text => text.Text.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => name.Trim('\'', '"')).Where(name => name is not "" && !name.StartsWith('$')),
        ListValue list => list.Items.SelectMany(Names),
        _ => [],
    };
}
