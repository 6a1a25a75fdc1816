using Undercloud.Deploy.Containers;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// Rejects a secret where every user of the host could read it: in a container's command, entry point, environment, labels or health check,
/// which podman shows to its users and the process list shows to all users.
/// </summary>
internal static class SecretsInSight
{
    // Shorter secrets occur by chance in ordinary words.
    private const int Shortest = 8;

    /// <summary>Reports each key of the container that holds one of the secrets.</summary>
    public static void Check(ContainerSpec spec, IReadOnlyCollection<string> secrets, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
    {
        foreach (var (key, texts) in Texts(spec))
        {
            if (texts.Any(text => secrets.Any(secret => Holds(text, secret))))
            {
                diagnostics.Error(
                    locate([key]), "PLAN032", $"Container '{spec.Name}': there is a secret in its {key}, where every user of the host can read it.",
                    "Put it into a configuration file and have the container read that.");
            }
        }
    }

    private static IEnumerable<(string Key, IEnumerable<string> Texts)> Texts(ContainerSpec spec) =>
    [
        ("command", spec.Command),
        ("entrypoint", spec.Entrypoint),
        ("environment", spec.Environment.Values),
        ("labels", spec.Labels.Values),
        ("healthcheck", spec.Health is { } health ? [health.Test] : []),
    ];

    // The secret must be a word of its own: a short password may be part of a longer name.
    private static bool Holds(string text, string secret)
    {
        if (secret.Length < Shortest)
            return false;
        for (var at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at + 1, StringComparison.Ordinal))
        {
            var end = at + secret.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }
}
