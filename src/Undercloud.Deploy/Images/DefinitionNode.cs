using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Undercloud.Deploy.Images;

/// <summary>A node of a definition's YAML with its place. Exactly one of text, items and entries is set.</summary>
internal sealed record DefinitionNode(SourceSpan Span)
{
    public string? Text { get; init; }

    public ImmutableArray<DefinitionNode>? Items { get; init; }

    public ImmutableArray<(DefinitionNode Key, DefinitionNode Value)>? Entries { get; init; }

    /// <summary>The document's root; null with a finding when the text is not YAML.</summary>
    public static DefinitionNode? Read(string text, string path, DiagnosticBag diagnostics)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return new(new SourceSpan(path, 0, 0)) { Text = "" };
            return Node(parser, path);
        }
        catch (YamlException wrong)
        {
            diagnostics.Error(new SourceSpan(path, (int)wrong.Start.Line, (int)wrong.Start.Column), "IMG001", $"This is not YAML: {wrong.Message}");
            return null;
        }
    }

    private static DefinitionNode Node(Parser parser, string path)
    {
        var start = parser.Current!.Start;
        var span = new SourceSpan(path, (int)start.Line, (int)start.Column);
        if (parser.TryConsume<Scalar>(out var scalar))
            return new(span) { Text = scalar.Value };
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<DefinitionNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, path));
            return new(span) { Items = items.ToImmutable() };
        }

        if (!parser.TryConsume<MappingStart>(out _))
            throw new YamlException(start, start, "aliases are not used in image definitions");
        var entries = ImmutableArray.CreateBuilder<(DefinitionNode, DefinitionNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
            entries.Add((Node(parser, path), Node(parser, path)));
        return new(span) { Entries = entries.ToImmutable() };
    }
}
