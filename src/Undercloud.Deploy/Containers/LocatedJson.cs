using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>A JSON text as a value that still knows the place of each of its entries in the file.</summary>
public sealed class LocatedJson
{
    private static readonly JsonReaderOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };
    private readonly Dictionary<string, SourceSpan> _places = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly byte[] _text;

    private LocatedJson(string path, string text)
    {
        _path = path;
        _text = Encoding.UTF8.GetBytes(text);
        Root = Value.Null;
    }

    public Value Root { get; private set; }

    /// <summary>Reads a text; a text that is not JSON becomes a finding and null.</summary>
    public static LocatedJson? Read(string path, string text, DiagnosticBag diagnostics)
    {
        var json = new LocatedJson(path, text);
        try
        {
            var reader = new Utf8JsonReader(json._text, s_options);
            reader.Read();
            json.Root = json.ReadValue(ref reader, "");
            reader.Read();
            return json;
        }
        catch (JsonException exception)
        {
            var mistake = JsonMistake.Of(text, exception);
            diagnostics.Error(new SourceSpan(path, mistake.Line, mistake.Column), "CTR001", $"This is not JSON: {mistake.Why}.", JsonMistake.Remedy);
            return null;
        }
    }

    /// <summary>The place of the entry at these keys: its key for a map's entry, the value itself in a list; for a missing entry, the place of its parent.</summary>
    public SourceSpan Locate(params ReadOnlySpan<string> keys)
    {
        for (; ; keys = keys[..^1])
        {
            if (_places.TryGetValue(Pointer(keys), out var place))
                return place;
            if (keys.IsEmpty)
                return new(_path, 0, 0);
        }
    }

    private static string Pointer(ReadOnlySpan<string> keys)
    {
        var pointer = new StringBuilder();
        foreach (var key in keys)
            pointer.Append('/').Append(key);
        return pointer.ToString();
    }

    private Value ReadValue(ref Utf8JsonReader reader, string pointer)
    {
        _places.TryAdd(pointer, Place(reader.TokenStartIndex));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(ref reader, pointer);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadValue(ref reader, $"{pointer}/{items.Count}"));
                return new ListValue(items.ToImmutable());
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                var raw = Encoding.UTF8.GetString(reader.ValueSpan);
                return BigInteger.TryParse(raw, out var integer) ? new IntegerValue(integer) : new FloatValue(double.Parse(raw));
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            default:
                return Value.Null;
        }
    }

    private MapValue ReadMap(ref Utf8JsonReader reader, string pointer)
    {
        var entries = new List<KeyValuePair<string, Value>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            _places[$"{pointer}/{key}"] = Place(reader.TokenStartIndex);
            reader.Read();
            entries.Add(new(key, ReadValue(ref reader, $"{pointer}/{key}")));
        }

        return new MapValue(entries);
    }

    private SourceSpan Place(long offset)
    {
        var before = _text.AsSpan(0, (int)offset);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(_path, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
