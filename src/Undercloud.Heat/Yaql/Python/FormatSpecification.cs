using System.Globalization;
using System.Numerics;
using System.Text;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's format(): <c>[[fill]align][sign][z][#][0][width][,][.precision][type]</c>.</summary>
internal sealed class FormatSpecification
{
    private string _fill = " ";
    private char _align;
    private char _sign = '-';
    private bool _alternate;
    private bool _coerces;
    private bool _zero;
    private int _width;
    private char _grouping;
    private int _precision = -1;
    private char _type;

    public static string Apply(Evaluator evaluator, Value value, string text)
    {
        if (value is DateTimeValue time)
            return text.Length == 0 ? PythonWriter.Str(evaluator, value) : TimeFormat.Write(time, text);
        if (text.Length == 0)
            return PythonWriter.Str(evaluator, value);
        if (value is not (StringValue or BooleanValue or IntegerValue or FloatValue))
            throw YaqlException.Type($"unsupported format string passed to {Messages.TypeName(value)}.__format__");
        var specification = new FormatSpecification();
        specification.Read(text);
        evaluator.Forecast(specification._width * 2.0);
        return specification.Apply(value);
    }

    private void Read(string text)
    {
        var at = 0;
        var characters = CodePoints.Split(text).ToList();
        bool Is(string allowed) => at < characters.Count && allowed.Contains(characters[at], StringComparison.Ordinal);
        char Take() => characters[at++][0];
        if (characters.Count > 1 && "<>=^".Contains(characters[1], StringComparison.Ordinal))
            (_fill, _align, at) = (characters[0], characters[1][0], 2);
        else if (Is("<>=^"))
            _align = Take();
        if (Is("+- "))
            _sign = Take();
        if (Is("z"))
            (_coerces, at) = (true, at + 1);
        if (Is("#"))
            (_alternate, at) = (true, at + 1);
        if (Is("0"))
        {
            (_zero, at) = (true, at + 1);
            (_fill, _align) = (_align == '\0' ? "0" : _fill, _align == '\0' ? '=' : _align);
        }

        _width = int.Max(Digits(characters, ref at), 0);
        if (Is(",_"))
            _grouping = Take();
        if (Is("."))
        {
            at++;
            _precision = Digits(characters, ref at);
            if (_precision < 0)
                throw YaqlException.Value("Format specifier missing precision");
        }

        if (at + 1 < characters.Count || (at < characters.Count && characters[at].Length > 1))
            throw YaqlException.Value("Invalid format specifier");
        if (at < characters.Count)
            _type = Take();
    }

    private static int Digits(List<string> characters, ref int at)
    {
        var from = at;
        while (at < characters.Count && characters[at].Length == 1 && char.IsAsciiDigit(characters[at][0]))
            at++;
        if (at == from)
            return -1;
        return int.TryParse(string.Concat(characters[from..at]), out var number) ? number : throw YaqlException.Value("Too many decimal digits in format string");
    }

    private string Apply(Value value)
    {
        switch (value)
        {
            case StringValue text:
                return Text(text.Text);
            case BooleanValue flag when _type == '\0' && _precision < 0 && _grouping == '\0':
                return Whole(flag.Flag ? 1 : 0);
            case FloatValue number:
                return Float(number.Number);
        }

        return _type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%' ? Float(Numbers.Double(value)) : Whole(Numbers.Whole(value));
    }

    private string Text(string text)
    {
        if (_type is not ('\0' or 's'))
            throw Unknown("str");
        if (_sign != '-' || _coerces || _alternate || _grouping != '\0' || _align == '=')
        {
            if (!(_align == '=' && _zero))
                throw YaqlException.Value("Sign, alternate form, grouping or '=' alignment not allowed in string format specifier");
        }

        if (_precision >= 0)
            text = CodePoints.Slice(text, 0, _precision);
        return Pad("", text, _align is '\0' or '=' ? '<' : _align);
    }

    private string Whole(BigInteger number)
    {
        if (_coerces)
            throw YaqlException.Value("Negative zero coercion (z) not allowed in integer format specifier");
        if (_precision >= 0)
            throw YaqlException.Value("Precision not allowed in integer format specifier");
        if (_type == 'c')
            return Pad("", number >= 0 && number <= 0x10ffff && !(number >= 0xd800 && number <= 0xdfff) ? char.ConvertFromUtf32((int)number) : throw new YaqlException("OverflowError: %c arg not in range(0x110000)"), _align == '\0' ? '<' : _align);
        var (digits, prefix, size) = _type switch
        {
            '\0' or 'd' or 'n' => (Numbers.Text(BigInteger.Abs(number)), "", 3),
            'x' => (NumberConversions.Hex(Numbers.Of(BigInteger.Abs(number)))[2..], "0x", 4),
            'X' => (NumberConversions.Hex(Numbers.Of(BigInteger.Abs(number)))[2..].ToUpperInvariant(), "0X", 4),
            'o' => (Radix(BigInteger.Abs(number), 8), "0o", 4),
            'b' => (Radix(BigInteger.Abs(number), 2), "0b", 4),
            _ => throw Unknown("int"),
        };
        return Number(Sign(number.Sign < 0) + (_alternate ? prefix : ""), digits, "", _grouping == ',' ? 3 : size);
    }

    private string Float(double number)
    {
        var negative = double.IsNegative(number) && !double.IsNaN(number);
        var size = Math.Abs(number);
        var percent = _type == '%';
        if (!double.IsFinite(size))
        {
            var word = double.IsNaN(size) ? "nan" : "inf";
            return Pad(Sign(negative), (_type is 'E' or 'F' or 'G' ? word.ToUpperInvariant() : word) + (percent ? "%" : ""), _align == '\0' ? '>' : _align);
        }

        var text = _type switch
        {
            '\0' when _precision < 0 => PythonText.Float(size),
            '\0' => General(size, int.Max(_precision, 1), pointed: true),
            'f' or 'F' => Fixed(size, _precision < 0 ? 6 : _precision),
            '%' => Fixed(size * 100, _precision < 0 ? 6 : _precision),
            'e' or 'E' => Exponent(size, _precision < 0 ? 6 : _precision),
            'g' or 'G' or 'n' => General(size, _precision < 0 ? 6 : int.Max(_precision, 1), pointed: false),
            _ => throw Unknown("float"),
        };
        if (_type is 'E' or 'G')
            text = text.ToUpperInvariant();
        var whole = text.IndexOfAny(['.', 'e', 'E']) is >= 0 and var end ? end : text.Length;
        negative &= !_coerces || text.AsSpan().IndexOfAnyInRange('1', '9') >= 0;
        return Number(Sign(negative), text[..whole], text[whole..] + (percent ? "%" : ""), 3);
    }

    private static string Fixed(double number, int precision)
    {
        if (precision > 5000)
            throw YaqlException.Value("precision too big");
        var digits = NumberConversions.RoundedDigits(number, precision).ToString().PadLeft(precision + 1, '0');
        return precision == 0 ? digits : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    private static string Exponent(double number, int precision)
    {
        var (digits, exponent) = Scientific(number, precision + 1);
        var fraction = precision == 0 ? "" : "." + digits[1..];
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    // The digits of a number in scientific notation, rounded half to even from its exact value.
    private static (string Digits, int Exponent) Scientific(double number, int count)
    {
        if (count > 5000)
            throw YaqlException.Value("precision too big");
        if (number == 0)
            return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.Log10(number));
        for (exponent--; ; exponent++)
        {
            var digits = NumberConversions.RoundedDigits(number, count - 1 - exponent).ToString();
            if (digits.Length <= count)
                return (digits, exponent);
        }
    }

    private string General(double number, int precision, bool pointed)
    {
        var (digits, exponent) = Scientific(number, precision);
        var scientific = exponent < -4 || exponent >= (pointed ? precision - 1 : precision);
        var text = scientific ? Exponent(number, precision - 1) : Fixed(number, int.Max(precision - 1 - exponent, 0));
        if (_alternate)
            return text;
        var e = text.IndexOf('e');
        var (mantissa, power) = e < 0 ? (text, "") : (text[..e], text[e..]);
        if (mantissa.Contains('.'))
            mantissa = mantissa.TrimEnd('0').TrimEnd('.');
        return mantissa + (pointed && !scientific && !mantissa.Contains('.') ? ".0" : "") + power;
    }

    private string Number(string prefix, string digits, string rest, int group)
    {
        if (_grouping == '\0')
            return Pad(prefix, digits + rest, _align == '\0' ? '>' : _align);
        // Zeros that pad to the width are grouped too.
        var fill = _align == '=' && _fill == "0" ? _width - prefix.Length - rest.Length : 0;
        var grouped = Group(digits, group);
        while (grouped.Length < fill)
        {
            digits = "0" + digits;
            grouped = Group(digits, group);
        }

        return Pad(prefix, grouped + rest, _align == '\0' ? '>' : _align);
    }

    private string Group(string digits, int size)
    {
        var builder = new StringBuilder(digits);
        for (var i = digits.Length - size; i > 0; i -= size)
            builder.Insert(i, _grouping);
        return builder.ToString();
    }

    private string Sign(bool negative) => negative ? "-" : _sign == '-' ? "" : _sign.ToString();

    private string Pad(string prefix, string text, char align)
    {
        var missing = _width - CodePoints.Count(prefix) - CodePoints.Count(text);
        if (missing <= 0)
            return prefix + text;
        var left = align switch { '<' => 0, '^' => missing / 2, _ => missing };
        return align == '='
            ? prefix + CodePoints.Repeat(_fill, missing) + text
            : CodePoints.Repeat(_fill, left) + prefix + text + CodePoints.Repeat(_fill, missing - left);
    }

    private static string Radix(BigInteger number, int radix)
    {
        if (number.IsZero)
            return "0";
        var builder = new StringBuilder();
        for (; !number.IsZero; number /= radix)
            builder.Insert(0, (char)('0' + (int)(number % radix)));
        return builder.ToString();
    }

    private YaqlException Unknown(string type) => YaqlException.Value($"Unknown format code '{_type}' for object of type '{type}'");
}
