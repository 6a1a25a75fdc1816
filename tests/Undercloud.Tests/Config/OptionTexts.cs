using CsCheck;
using Undercloud.Config;

namespace Undercloud.Tests.Config;

/// <summary>Texts that an option takes, by its type.</summary>
internal static class OptionTexts
{
    private static readonly Gen<string> s_name = Gen.String[Gen.Char["abcxyz"], 1, 8];

    private static readonly Gen<string> s_address = Gen.OneOf(
        Gen.Select(Gen.Int[0, 255], Gen.Int[0, 255], Gen.Int[1, 254], (a, b, c) => $"10.{a}.{b}.{c}"),
        Gen.Int[1, 0xffff].Select(i => $"fd00::{i:x}"));

    public static Gen<string> Of(ConfigOption option) => Of(option.Type.Name, option);

    private static Gen<string> Of(string type, ConfigOption option) => type switch
    {
        "string" => Gen.String[Gen.Char["ab Z09.,:/=#;-_é"], 0, 20].Select(text => text.Trim()),
        "boolean" => OneOf("true", "false", "yes", "no", "on", "off", "1", "0", "True", "FALSE", "oN"),
        "integer" => Integer(option.Type.Allowed),
        "address with prefix" => Gen.Select(Gen.Int[0, 255], Gen.Int[1, 254], (b, c) => $"10.0.{b}.{c}/24"),
        "host" => Gen.OneOf(s_address, s_name.Select(name => $"{name}.example.org")),
        "host name" => s_name.Select(name => $"{name}.example.org"),
        "domain" => s_name.Select(name => $"{name}.example"),
        "interface" => s_name,
        "path" => s_name.Select(name => $"/srv/{name}.yaml"),
        "word" => s_name.Select(name => $"{name}-1_2.3"),
        "section" => s_name,
        "time zone" => OneOf("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"),
        "key" => Gen.Int[2, 4].Select(i => i == 2 ? 32 : 8 * (i - 1)).SelectMany(length => Gen.String[Gen.Char["abc019"], length, length]),
        "choice" => OneOf(option.Type.Allowed.Split(" or ")),
        "address" => s_address,
        "network" => Gen.Int[0, 255].Select(i => $"10.0.{i}.0/24"),
        "range of addresses" => Gen.Int[1, 100].Select(i => $"10.0.0.{i},10.0.0.{i + 100}"),
        "address or range" => Gen.OneOf(s_address, Gen.Int[1, 100].Select(i => $"10.0.0.{i}-10.0.0.{i + 100}")),
        "list of routes" => Gen.Int[0, 255].Select(i => $"{{destination: 10.{i}.0.0/16, nexthop: 10.0.0.{i}}}").Array[0, 3]
            .Select(routes => $"[{string.Join(", ", routes)}]"),
        "list of choices" => Gen.Const(option.Type.Allowed.Split(' ')[^1]),
        _ when Item(type) is { } item => Of(item, option).Where(text => text.Length > 0 && !text.Contains(',')).Array[0, 4]
            .Select(items => string.Join(", ", items)),
        _ => Gen.Const(OptionText.Written(option, option.Default)),
    };

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static Gen<string> Integer(string allowed)
    {
        var words = allowed.Split(' ');
        return Gen.Int[int.Parse(words[^3]), int.Parse(words[^1])].Select(number => $"{number}");
    }

    private static string? Item(string type) => type switch
    {
        "list of strings" => "string",
        "list of hosts" => "host",
        "list of addresses" => "address",
        "list of addresses or ranges" => "address or range",
        "list of paths" => "path",
        "list of words" => "word",
        "list of sections" => "section",
        _ => null,
    };
}
