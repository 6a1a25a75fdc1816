namespace Undercloud.Heat.Yaml;

/// <summary>What a parser sees in a document.</summary>
internal enum YamlEventKind
{
    Scalar,
    Alias,
    SequenceStart,
    MappingStart,

    /// <summary>The end of a sequence or of a mapping.</summary>
    End,
}
