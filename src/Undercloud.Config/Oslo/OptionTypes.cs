using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The types of options. Each accepts the values that oslo.config accepts, unless its comment says more.</summary>
public static class OptionTypes
{
    private static readonly ImmutableArray<string> s_true = ["true", "1", "on", "yes"];
    private static readonly ImmutableArray<string> s_false = ["false", "0", "off", "no"];

    /// <summary>Any text.</summary>
    public static OptionType Text { get; } = new("string", "any text", text => Reading.Of(text));

    /// <summary>oslo.config's eight words, in any case.</summary>
    public static OptionType Boolean { get; } = new("boolean", "true, false, yes, no, on, off, 1 or 0", ReadBoolean);

    /// <summary>An IPv4 address with a prefix length, or an IPv6 address with /64, the only length for stateless addresses.</summary>
    public static OptionType InterfaceAddress { get; } =
        new("address with prefix", "an address with its prefix length, from /1 to /31 in IPv4, /64 in IPv6, e.g. 192.168.24.1/24",
            ReadInterfaceAddress);

    /// <summary>An address, or a DNS name.</summary>
    public static OptionType Host { get; } = new("host", "an IPv4 or IPv6 address without prefix, or a DNS name", ReadHost);

    /// <summary>A host's own fully qualified name: with a dot, of at most 64 characters, the kernel's limit.</summary>
    public static OptionType FullyQualifiedName { get; } =
        new("host name",
            "a fully qualified name of letters, digits, '-' and at least one dot, at most 64 characters, e.g. undercloud.example.org",
            ReadFullyQualifiedName);

    /// <summary>A network interface's name.</summary>
    public static OptionType Interface { get; } = new("interface", "an interface's name of at most 15 characters, e.g. eth1",
        text => HostName.ProblemOfInterface(text) is { } problem ? Reading.Wrong(problem) : Reading.Of(text));

    /// <summary>A file's or directory's path on one line.</summary>
    public static OptionType Path { get; } = new("path", "a path on one line", ReadPath);

    /// <summary>A word: letters, digits, '-', '_' and '.'.</summary>
    public static OptionType Word { get; } = new("word", "a word of letters, digits, '-', '_' and '.'",
        text => text.Length > 0 && text.All(IsWordPart) ? Reading.Of(text) : Reading.Wrong("is not a word"));

    /// <summary>The name of another section.</summary>
    public static OptionType SectionName { get; } =
        new("section", "a name for a section without blanks, brackets, commas, '/' and '$'", ReadSectionName);

    /// <summary>A DNS domain.</summary>
    public static OptionType Domain { get; } = new("domain", "a DNS domain, e.g. example.org",
        text => HostName.ProblemOf(text) is { } problem ? Reading.Wrong(problem) : Reading.Of(text));

    /// <summary>A name of the time zone database.</summary>
    public static OptionType TimeZone { get; } = new("time zone", "a name of the time zone database, e.g. Europe/Berlin or UTC",
        text => text.Length > 0 && text.All(c => IsWordPart(c) || c is '/' or '+') && text[0] != '/'
                && !text.Contains("..", StringComparison.Ordinal)
            ? Reading.Of(text)
            : Reading.Wrong("is not a name of a time zone"));

    /// <summary>A key for AES in Heat's form.</summary>
    public static OptionType EncryptionKey { get; } = new("key", "16, 24 or 32 characters",
        text => text.Length is 16 or 24 or 32 ? Reading.Of(text) : Reading.Wrong($"is {text.Length} characters long"));

    /// <summary>A list of dictionaries with text values, as oslo.config reads one with bounds.</summary>
    public static OptionType Maps { get; } = new("list of maps", "a list like [{name: value}, {name: value}]", OsloCollections.ReadMaps);

    /// <summary>One of several words.</summary>
    public static OptionType OneOf(params ImmutableArray<string> words) => new("choice", string.Join(" or ", words),
        text => words.Contains(text) ? Reading.Of(text) : Reading.Wrong("is not a choice there is"));

    /// <summary>A whole number in a range.</summary>
    public static OptionType Integer(int from, int to) => new("integer", $"a whole number from {from} to {to}", text =>
        !PythonText.TryInteger(text, out var number) ? Reading.Wrong("is not a whole number")
        : number < from ? Reading.Wrong($"is less than {from}")
        : number > to ? Reading.Wrong($"is more than {to}")
        : Reading.Of((int)number));

    /// <summary>Items of one type, separated by commas; trailing commas are ignored.</summary>
    public static OptionType ListOf(OptionType item) =>
        new($"list of {Plural(item.Name)}", $"items separated by commas, each {item.Allowed}", text => ReadList(text, item));

    /// <summary>The same with a maximum number.</summary>
    public static OptionType ListOf(OptionType item, int most) =>
        new($"list of {Plural(item.Name)}", $"at most {most} items separated by commas, each {item.Allowed}", text =>
        {
            var reading = ReadList(text, item);
            return reading.Value is ListValue list && list.Items.Length > most ? Reading.Wrong($"has {list.Items.Length} items") : reading;
        });

    // "address or range" => "addresses or ranges"
    private static string Plural(string name) =>
        string.Join(" or ", name.Split(" or ").Select(noun => noun.EndsWith('s') ? $"{noun}es" : $"{noun}s"));

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static Reading ReadSectionName(string text)
    {
        if (text.Length == 0)
            return Reading.Wrong("is empty");
        if (text.Any(c => char.IsControl(c) || PythonText.IsBlank(c) || c is '[' or ']' or '/' or ',' or '$'))
            return Reading.Wrong("has a character that a section's name has not");
        return text == OsloConfigFile.DefaultSection || OsloConfigFile.IsSameSection(text, KnownOptions.AuthSection)
            ? Reading.Wrong("is the name of a section that is none of a subnet")
            : Reading.Of(text);
    }

    private static Reading ReadBoolean(string text)
    {
        var word = text.ToLowerInvariant();
        return s_true.Contains(word) ? Reading.Of(true)
            : s_false.Contains(word) ? Reading.Of(false)
            : Reading.Wrong("is not a boolean");
    }

    private static Reading ReadList(string text, OptionType item)
    {
        var trimmed = PythonText.Strip(text).TrimEnd(',');
        var parts = trimmed.Length == 0 ? [] : trimmed.Split(',').Select(PythonText.Strip).ToImmutableArray();
        var readings = parts.Select(part => (part, reading: item.Read(part))).ToImmutableArray();
        foreach (var (part, reading) in readings)
        {
            if (reading.Problem is not null)
                return Reading.Wrong(part.Length == 0
                    ? "has an empty item"
                    : $"has the item {OneLine.Quote(part)}, which {reading.Problem}");
        }

        return Reading.Of(new ListValue([.. readings.Select(pair => pair.reading.Value!)]));
    }

    private static Reading ReadInterfaceAddress(string text)
    {
        if (AddressWithPrefix.TryParseAddress(text, out _))
            return Reading.Wrong("has no prefix length");
        if (!AddressWithPrefix.TryParse(text, out var parsed))
            return Reading.Wrong("is not an address with a prefix length");
        if (parsed.IsIPv6 && parsed.PrefixLength != 64)
            return Reading.Wrong($"has the prefix length {parsed.PrefixLength}, where IPv6 takes 64 only");
        if (parsed.PrefixLength is 0 or 32)
            return Reading.Wrong($"has the prefix length {parsed.PrefixLength}, which is no network of several hosts");
        if (parsed.IsReserved(parsed.Address))
            return Reading.Wrong($"is not a host's address but the first or the last one of {parsed.Network}");
        return IsUnicast(parsed.Address) ? Reading.Of(parsed.ToString()) : Reading.Wrong("is not an address an interface can have");
    }

    private static Reading ReadHost(string text)
    {
        if (AddressWithPrefix.TryParseAddress(text, out var address))
            return IsUnicast(address) ? Reading.Of(address.ToString()) : Reading.Wrong("is not an address a host can have");
        if (AddressWithPrefix.TryParse(text, out _))
            return Reading.Wrong("has a prefix length");
        var name = text.EndsWith('.') ? text[..^1] : text;
        return text.Length == 0 ? Reading.Wrong("is empty")
            : HostName.ProblemOf(name) is { } problem ? Reading.Wrong(problem)
            : Reading.Of(name);
    }

    private static Reading ReadFullyQualifiedName(string text) =>
        HostName.ProblemOf(text) is { } problem ? Reading.Wrong(problem)
        : !text.Contains('.') ? Reading.Wrong("is not fully qualified: it has no dot")
        : text.Length > 64 ? Reading.Wrong("is longer than 64 characters")
        : Reading.Of(text);

    private static Reading ReadPath(string text) =>
        text.Length == 0 ? Reading.Wrong("is empty")
        : text.Contains('\n') ? Reading.Wrong("has more than one line")
        : text.Any(char.IsControl) ? Reading.Wrong("has control characters")
        : Reading.Of(text);

    private static bool IsUnicast(IPAddress address)
    {
        var first = address.GetAddressBytes()[0];
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? first != 0xff && !address.Equals(IPAddress.IPv6Any) && !IPAddress.IsLoopback(address)
            : first is not (0 or 127 or >= 224);
    }
}
