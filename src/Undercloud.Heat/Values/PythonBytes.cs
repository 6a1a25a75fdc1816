using System.Globalization;
using System.Text;

namespace Undercloud.Heat.Values;

/// <summary>Python's bytes, for which Heat has no type: it uses Python's text form of them.</summary>
public static class PythonBytes
{
    /// <summary>The text <c>b'…'</c> of bytes in Base64; null when the input is no Base64. Source: <c>base64.decodebytes</c>, which ignores foreign characters.</summary>
    public static Value? FromBase64(string text)
    {
        var digits = new StringBuilder();
        var padding = 0;
        foreach (var c in text)
        {
            if (c > '\x7F')
                return null;
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
            {
                digits.Append(c);
                padding = 0;
            }
            else if (c == '=' && digits.Length % 4 >= 2 && (digits.Length % 4) + ++padding >= 4)
            {
                return Text(Convert.FromBase64String(digits.Append('=', padding).ToString()));
            }
        }

        return digits.Length % 4 == 0 ? Text(Convert.FromBase64String(digits.ToString())) : null;
    }

    private static StringValue Text(byte[] bytes)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        var text = new StringBuilder("b").Append(quote);
        foreach (var one in bytes)
        {
            _ = (char)one switch
            {
                '\\' => text.Append(@"\\"),
                '\t' => text.Append(@"\t"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                var c when c == quote => text.Append('\\').Append(c),
                var c and >= ' ' and <= '~' => text.Append(c),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}"),
            };
        }

        return new(text.Append(quote).ToString());
    }
}
