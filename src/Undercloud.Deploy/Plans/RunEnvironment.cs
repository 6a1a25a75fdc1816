using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The environment of a run, with its translated hieradata.</summary>
/// <param name="Environment">All of it, merged.</param>
/// <param name="Hieradata">The hieradata in it, translated.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Own">The operator's own parameter defaults, without the translated ones.</param>
internal sealed record RunEnvironment(HeatEnvironment Environment, HieradataTranslation Hieradata, string Role, MapValue Own)
{
    private const string Suffix = "ConfigOverrides";

    // As in TripleO, this is no service's parameter: the code that starts the containers reads it.
    private const string DisabledHealthChecks = "ContainerHealthcheckDisabled";

    /// <summary>
    /// Merges the layers, later ones win: the collection's own mapping and the tool's parameters, translated hieradata, the
    /// file of hieradata_override, container_images_file, undercloud.conf, custom_env_files in their order (source: the order of
    /// environments in python-tripleoclient).
    /// </summary>
    public static RunEnvironment Of(Inputs inputs, HeatEnvironment tool, HeatEnvironment config, string role, DiagnosticBag diagnostics)
    {
        var hieradata = inputs.Hieradata is { } given ? HieradataFile.Read(given.Text, given.Path, diagnostics) : null;
        ImmutableArray<HeatEnvironment> layers =
        [
            .. hieradata is null ? [] : new[] { hieradata.ToEnvironment(inputs.Hieradata!.Text, inputs.Hieradata.Path, role, diagnostics) },
            .. inputs.ContainerImages is { } images ? [HeatEnvironment.Parse(images.Text, images.Path, diagnostics)] : Array.Empty<HeatEnvironment>(),
            config,
            .. inputs.Environments.Select(file => HeatEnvironment.Parse(file.Text, file.Path, diagnostics)),
        ];
        var own = Merged(HeatEnvironment.Empty, layers, new DiagnosticBag()).ParameterDefaults;
        var files = inputs.Environments.Prepend(inputs.ContainerImages).OfType<InputFile>().Select(file => (file.Path, file.Text));
        var translation = HieradataTranslation.Of(HieradataLevels.Collect(own, role, files, hieradata));
        var environment = Merged(tool.With(HeatEnvironment.OfDefaults(new([.. translation.Overrides.Entries, .. translation.Parameters.Entries])), diagnostics), layers, diagnostics);
        diagnostics.AddRange(HieradataLevels.NotMaps(environment, role));
        return new(environment, translation, role, own);
    }

    /// <summary>An error for each parameter that an operator's file sets to an image that neither exists nor can be built.</summary>
    /// <param name="parameters">The parameters that name images, with the images that the tool builds for them.</param>
    /// <param name="ids">The existing images.</param>
    public IEnumerable<(string Image, Diagnostic Finding)> UnknownImages(IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> ids)
    {
        var built = parameters.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, usual) in parameters)
        {
            if (Environment.Location(name) is { } place && Environment.ParameterDefaults[name] is StringValue { Text: var image }
                && !built.Contains(image) && !new[] { image, $"localhost/{image}", $"{image}:latest" }.Any(ids.ContainsKey))
            {
                yield return (image, new(
                    Severity.Error, "PLAN020", $"{name} names the image '{image}', which is not on this host and cannot be built.", place,
                    $"Load it with `podman pull`, or leave {name} out for {usual}."));
            }
        }
    }

    /// <summary>The paths of the templates that the role's services are mapped to.</summary>
    public IEnumerable<string> ServiceTemplates =>
        (Environment.ParameterDefaults["RoleServices"] as ListValue ?? ListValue.Empty).Items.OfType<StringValue>()
            .Select(service => Environment.Registry.Mappings.GetValueOrDefault(service.Text)).OfType<string>();

    /// <summary>The operator's network, which replaces that of the services; null when the operator has none.</summary>
    public NetworkManifest? Network { get; init; }

    /// <summary>The parameters of the overrides, as services get them.</summary>
    public ImmutableArray<OverrideParameter> Overrides =>
    [
        .. Environment.ParameterDefaults.Entries.Where(entry => entry.Key.EndsWith(Suffix, StringComparison.Ordinal)).Select(entry =>
            new OverrideParameter(entry.Key, entry.Value, Environment.Location(entry.Key))
            {
                // These have a finding at the hieradata.
                FromHieradata = [.. (Hieradata.Overrides[entry.Key] as MapValue ?? MapValue.Empty).Keys.Except((Own[entry.Key] as MapValue ?? MapValue.Empty).Keys)],
            }),
    ];

    /// <summary>Whether the health checks of all containers are disabled.</summary>
    public bool HealthChecksDisabled => Environment.ParameterDefaults[DisabledHealthChecks] switch
    {
        BooleanValue flag => flag.Flag,
        StringValue text => text.Text.ToLowerInvariant() is "true" or "t" or "yes" or "y" or "on" or "1",
        IntegerValue number => number.Number != 0,
        _ => false,
    };

    /// <summary>Whether a parameter that no template declares was used nevertheless: as hieradata, or by the planner.</summary>
    public bool IsRead(Diagnostic unused) =>
        HieradataLevels.For(Role).Append(DisabledHealthChecks).Append(OperatorNetwork.Parameter).Concat(ImageSources.Parameters).Any(level => Environment.ParameterDefaults.ContainsKey(level) && unused.Location == Environment.Location(level));

    /// <summary>The settings in the operator's files on which a plan depends.</summary>
    /// <param name="files">Their paths.</param>
    public ImmutableArray<OperatorSetting> Settings(IReadOnlySet<string> files) =>
    [
        .. Environment.Locations.Where(parameter => files.Contains(parameter.Value.Path)).Select(parameter => new OperatorSetting(parameter.Key, parameter.Key, false, parameter.Value))
            .Concat(Environment.RegistryLocations.Where(type => files.Contains(type.Value.Path)).Select(type => new OperatorSetting(type.Key, type.Key, true, type.Value)))
            .Concat(Hieradata.Translated.Where(key => key.Target.File.Length == 0 && Environment.Location(key.Target.Parameter) is null && key.Key.Location is not null)
                .Select(key => new OperatorSetting(key.Key.Name, key.Target.Parameter, false, key.Key.Location!.Value)))
            .OrderBy(setting => setting.Location.Path, StringComparer.Ordinal).ThenBy(setting => setting.Location.Line).ThenBy(setting => setting.Location.Column),
    ];

    /// <summary>Findings about hieradata that no file and no parameter takes.</summary>
    public IEnumerable<Diagnostic> Untranslated => HieradataFindings.Untranslated(Hieradata.Untranslated);

    /// <summary>Findings about hieradata that sets nothing in these services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="unused">The findings about parameters that no template declares.</param>
    public IEnumerable<Diagnostic> WithoutService(ImmutableArray<ServiceData> services, ImmutableArray<Diagnostic> unused)
    {
        var missed = Hieradata.Translated.Where(translated => translated.Target.File.Length == 0
            ? unused.Any(finding => finding.Message.Contains($"'{translated.Target.Parameter}'", StringComparison.Ordinal))
            : !services.Any(service => IsReached(service, translated.Target)));
        return HieradataFindings.WithoutService(missed);
    }

    private bool IsReached(ServiceData service, ConfigTarget target) =>
        service.ConfigOverrides.Equals(Environment.ParameterDefaults[target.Parameter]) && service.Files.Any(file => ConfigOverrides.Reach(file) && ConfigOverrides.IsNamed(file, target.File));

    private static HeatEnvironment Merged(HeatEnvironment first, ImmutableArray<HeatEnvironment> layers, DiagnosticBag diagnostics) =>
        layers.Aggregate(first, (merged, layer) => merged.With(layer, diagnostics));
}
