namespace Undercloud.Heat.Yaml;

/// <summary>A token of a YAML text.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Line">The line it begins in, counted from 1.</param>
/// <param name="Column">The column it begins in, counted from 1.</param>
/// <param name="Text">A scalar's value, an anchor's name, a tag's suffix, a directive's arguments.</param>
/// <param name="Name">A tag's handle, null for a verbatim tag; a directive's name.</param>
/// <param name="Plain">Whether it is a scalar that is neither quoted nor a block.</param>
internal readonly record struct YamlToken(YamlTokenKind Kind, int Line, int Column, string Text = "", string? Name = null, bool Plain = false);
