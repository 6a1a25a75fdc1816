namespace Undercloud.Config;

/// <summary>An option of a service's configuration file.</summary>
/// <param name="Parameter">The parameter that holds the file, e.g. KeystoneConfigOverrides.</param>
/// <param name="File">The file's name, e.g. keystone.conf; empty where the key sets the parameter itself.</param>
/// <param name="Section">The section, or null in a file without any.</param>
/// <param name="Option">The option.</param>
/// <param name="IsMulti">Whether a list sets the option several times; otherwise its items are joined by commas.</param>
public sealed record ConfigTarget(string Parameter, string File, string? Section, string Option, bool IsMulti = false);
