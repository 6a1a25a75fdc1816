namespace Undercloud.Heat.Yaml;

/// <summary>A scalar, an alias, or the beginning or end of a collection.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Line">The line it begins in, counted from 1.</param>
/// <param name="Column">The column it begins in, counted from 1.</param>
/// <param name="Text">The scalar's value or the alias's name.</param>
/// <param name="Anchor">The node's anchor.</param>
/// <param name="Tag">The node's whole tag; null for none, and for <c>!</c>.</param>
/// <param name="Plain">Whether the text determines the scalar's type.</param>
internal readonly record struct YamlEvent(
    YamlEventKind Kind, int Line, int Column, string Text = "", string? Anchor = null, string? Tag = null, bool Plain = false);
