using System.Text;

namespace Undercloud.Heat.Resources;

/// <summary>A part of a MIME message.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Subtype">The subtype of text/…; empty for the file name's stem, or plain.</param>
/// <param name="FileName">The file name it is attached under; empty for none.</param>
internal sealed record MimePart(string Content, string Subtype, string FileName);

/// <summary>Multi-part MIME messages as Python's <c>email</c> package writes them.</summary>
internal static class MimeMessage
{
    private const int EncodedLine = 76;

    /// <summary>The message that consists of some parts.</summary>
    public static string Write(IReadOnlyList<MimePart> parts, string boundary)
    {
        var text = new StringBuilder($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\nMIME-Version: 1.0\n\n");
        foreach (var part in parts)
            Write(text.Append("--").Append(boundary).Append('\n'), part);
        if (parts.Count == 0)
            text.Append("--").Append(boundary).Append("\n\n");
        return text.Append("--").Append(boundary).Append("--\n").ToString();
    }

    /// <summary>The parts of a message; none when it is no multi-part message.</summary>
    public static IEnumerable<MimePart> Parts(string message)
    {
        var (headers, body) = Split(message);
        if (!headers.TryGetValue("content-type", out var type) || !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || Parameter(type, "boundary") is not { } boundary)
            yield break;
        var pieces = ("\n" + body).Split("\n--" + boundary);
        foreach (var piece in pieces.Skip(1).TakeWhile(piece => !piece.StartsWith("--", StringComparison.Ordinal)))
        {
            var (own, content) = Split(piece.TrimStart('\r', '\n'));
            var kind = own.GetValueOrDefault("content-type", "text/plain").Split(';')[0].Trim();
            yield return new(content, kind[(kind.IndexOf('/') + 1)..], Parameter(own.GetValueOrDefault("content-disposition", ""), "filename") ?? "");
        }
    }

    private static void Write(StringBuilder text, MimePart part)
    {
        var ascii = Ascii.IsValid(part.Content);
        var subtype = part.Subtype.Length > 0 ? part.Subtype : part.FileName.Length > 0 ? Path.GetFileNameWithoutExtension(part.FileName) : "plain";
        text.Append($"Content-Type: text/{subtype}; charset=\"{(ascii ? "us-ascii" : "utf-8")}\"\nMIME-Version: 1.0\n");
        text.Append($"Content-Transfer-Encoding: {(ascii ? "7bit" : "base64")}\n");
        if (part.FileName.Length > 0)
            text.Append($"Content-Disposition: attachment; filename=\"{part.FileName}\"\n");
        text.Append('\n');
        if (ascii)
        {
            text.Append(part.Content).Append('\n');
            return;
        }

        foreach (var line in Convert.ToBase64String(Encoding.UTF8.GetBytes(part.Content)).Chunk(EncodedLine))
            text.Append(line).Append('\n');
        text.Append('\n');
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string message)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var end = message.IndexOf("\n\n", StringComparison.Ordinal);
        foreach (var line in message[..(end < 0 ? message.Length : end)].Split('\n'))
        {
            if (line.IndexOf(':') is > 0 and var colon)
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return (headers, end < 0 ? "" : message[(end + 2)..]);
    }

    private static string? Parameter(string header, string name)
    {
        var start = header.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;
        var value = header[(start + name.Length + 1)..];
        return value.StartsWith('"') && value.IndexOf('"', 1) is > 0 and var quote ? value[1..quote] : value.Split(';')[0].Trim();
    }
}
