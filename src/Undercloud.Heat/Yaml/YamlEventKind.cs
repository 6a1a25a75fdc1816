namespace Undercloud.Heat.Yaml;

/// <summary>The kinds of a parser's events.</summary>
internal enum YamlEventKind
{
    Scalar,
    Alias,
    SequenceStart,
    MappingStart,

    /// <summary>The end of a sequence or of a mapping.</summary>
    End,
}
