using System.Globalization;

namespace Undercloud.Deploy.Containers;

/// <summary>The paths of the deployment steps' start-up configurations on a node, and the config ids of their containers.</summary>
public static class StartupPlaces
{
    /// <summary>The directory on a node, with one file per step.</summary>
    public const string Directory = "/var/lib/tripleo-config/container-startup-config";

    private const string ConfigIdStart = "tripleo_step";

    /// <summary>The name of a step's file, e.g. step_3.json.</summary>
    public static string FileNameOf(int step) => string.Create(CultureInfo.InvariantCulture, $"step_{step}.json");

    /// <summary>The path of a step's file on a node.</summary>
    public static string FileOf(int step) => $"{Directory}/{FileNameOf(step)}";

    /// <summary>The config id of a step's containers, e.g. tripleo_step3.</summary>
    public static string ConfigIdOf(int step) => string.Create(CultureInfo.InvariantCulture, $"{ConfigIdStart}{step}");

    /// <summary>The step of a config id; null for a config id that is no step's.</summary>
    public static int? StepOf(string configId) =>
        configId.StartsWith(ConfigIdStart, StringComparison.Ordinal) && int.TryParse(configId.AsSpan(ConfigIdStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
}
