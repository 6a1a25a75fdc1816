using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>Containers by step in plan.json: each step is a start-up configuration, the same as in the step's file on the node.</summary>
public sealed class StepContainersConverter : JsonConverter<IReadOnlyDictionary<int, ImmutableArray<ContainerSpec>>>
{
    /// <exception cref="JsonException">The value is no map from step to start-up configuration.</exception>
    public override IReadOnlyDictionary<int, ImmutableArray<ContainerSpec>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var steps = new SortedDictionary<int, ImmutableArray<ContainerSpec>>();
        var diagnostics = new DiagnosticBag();
        foreach (var (step, containers) in (CanonicalJson.FromElement(document.RootElement) as MapValue ?? throw new JsonException("Containers are a map of steps.")).Entries)
        {
            if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || containers is not MapValue map)
                throw new JsonException($"{step} is no step with containers.");
            steps[number] = StartupConfiguration.Read(map, diagnostics);
        }

        return diagnostics.HasErrors ? throw new JsonException(diagnostics.All[0].ToString()) : steps;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<int, ImmutableArray<ContainerSpec>> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (step, containers) in value.OrderBy(entry => entry.Key))
        {
            writer.WritePropertyName(step.ToString(CultureInfo.InvariantCulture));
            writer.WriteRawValue(CanonicalJson.Write(ContainerSpecWriter.Write(containers)));
        }

        writer.WriteEndObject();
    }
}
