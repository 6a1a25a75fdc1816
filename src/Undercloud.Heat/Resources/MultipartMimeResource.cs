using System.Security.Cryptography;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::MultipartMime</c>: configurations, inline or by id, as the parts of one MIME message.</summary>
internal static class MultipartMimeResource
{
    public static ConfigResource Create(ResourcePlace place) => new(place, ConfigSchema.Multipart, properties => Message(place, (ListValue)properties["parts"]));

    private static StringValue Message(ResourcePlace place, ListValue parts)
    {
        var known = place.Stack.Resolution.Configs;
        var messages = parts.Items.Cast<MapValue>().SelectMany(part =>
        {
            var content = Text(part, "config");
            if (known.TryGetValue(content, out var config))
                content = config.Config is StringValue text ? text.Text : PythonText.Str(config.Config);
            return Text(part, "type") == "multipart" ? MimeMessage.Parts(content) : [new MimePart(content, Text(part, "subtype"), Text(part, "filename"))];
        });
        // Python's boundary is random; this one is derived from the resource's place.
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(place.PhysicalName));
        return new(MimeMessage.Write([.. messages], $"==============={BitConverter.ToUInt64(seed) % 10_000_000_000_000_000_000:D19}=="));
    }

    private static string Text(MapValue part, string key) => part[key] is StringValue text ? text.Text : "";
}
