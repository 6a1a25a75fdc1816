namespace Undercloud.Config;

/// <summary>A configuration file's name and its text; null when there is no such file.</summary>
public sealed record ConfigText(string Path, string? Text);
