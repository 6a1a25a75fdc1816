using System.Globalization;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>datetime.strptime().</summary>
internal sealed class TimeParser
{
    private static readonly string[] s_days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;
    private static readonly string[] s_shortDays = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames;
    private static readonly string[] s_months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12)];
    private static readonly string[] s_shortMonths = [.. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.Take(12)];

    private readonly string _text;
    private int _at;
    private int _year = 1900;
    private int _month = 1;
    private int _day = 1;
    private int _hour;
    private int _minute;
    private int _second;
    private int _microsecond;
    private int? _dayOfYear;
    private bool? _afternoon;
    private TimeSpan? _offset;

    private TimeParser(string text) => _text = text;

    public static DateTimeValue Parse(string text, string format)
    {
        var parser = new TimeParser(text);
        parser.Run(format);
        if (parser._at != text.Length)
            throw YaqlException.Value($"unconverted data remains: {text[parser._at..]}");
        return parser.Result();
    }

    private DateTimeValue Result()
    {
        if (_afternoon is { } afternoon)
            _hour = (_hour % 12) + (afternoon ? 12 : 0);
        if (_dayOfYear is { } number)
        {
            var date = TimeText.Build(_year, 1, 1, 0, 0, 0, 0).AddDays(number - 1);
            (_month, _day) = (date.Month, date.Day);
        }

        return new(TimeText.Build(_year, _month, _day, _hour, _minute, _second == 60 || _second == 61 ? 59 : _second, _microsecond), _offset);
    }

    private void Run(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (PythonString.IsSpace(format[i]))
            {
                if (i > 0 && PythonString.IsSpace(format[i - 1]))
                    continue;
                if (_at >= _text.Length || !PythonString.IsSpace(_text[_at]))
                    throw Mismatch();
                while (_at < _text.Length && PythonString.IsSpace(_text[_at]))
                    _at++;
            }
            else if (format[i] != '%')
            {
                Literal(format[i]);
            }
            else if (++i < format.Length)
            {
                Directive(format[i]);
            }
            else
            {
                throw YaqlException.Value("stray % in format");
            }
        }
    }

    private void Directive(char directive)
    {
        switch (directive)
        {
            case 'Y': _year = Number(4, 4, 0, 9999); break;
            case 'y': _year = Number(2, 2, 0, 99) is var year && year <= 68 ? 2000 + year : 1900 + year; break;
            case 'm': _month = Number(1, 2, 1, 12); break;
            case 'd': _day = Number(1, 2, 1, 31); break;
            case 'H': _hour = Number(1, 2, 0, 23); break;
            case 'I': _hour = Number(1, 2, 1, 12); _afternoon ??= false; break;
            case 'M': _minute = Number(1, 2, 0, 59); break;
            case 'S': _second = Number(1, 2, 0, 61); break;
            case 'j': _dayOfYear = Number(1, 3, 1, 366); break;
            case 'f':
                var from = _at;
                _microsecond = Number(1, 6, 0, 999999);
                for (var digits = _at - from; digits < 6; digits++)
                    _microsecond *= 10;
                break;
            case 'b': _month = Name(s_shortMonths) + 1; break;
            case 'B': _month = Name(s_months) + 1; break;
            case 'a': _ = Name(s_shortDays); break;
            case 'A': _ = Name(s_days); break;
            case 'w': _ = Number(1, 1, 0, 6); break;
            case 'p': _afternoon = Name(["AM", "PM"]) == 1; break;
            case 'z': Offset(); break;
            case 'Z': _ = Name(["UTC", "GMT"]); break;
            case 'T': Run("%H:%M:%S"); break;
            case 'X': Run("%H:%M:%S"); break;
            case 'D' or 'x': Run("%m/%d/%y"); break;
            case 'c': Run("%a %b %d %H:%M:%S %Y"); break;
            case '%': Literal('%'); break;
            default: throw YaqlException.Value($"'{directive}' is a bad directive in format");
        }
    }

    private void Literal(char c)
    {
        if (_at >= _text.Length || char.ToLowerInvariant(_text[_at]) != char.ToLowerInvariant(c))
            throw Mismatch();
        _at++;
    }

    // As many digits as the directive takes, or fewer where the number would be too large.
    private int Number(int least, int most, int low, int high)
    {
        var end = _at;
        while (end < _text.Length && end < _at + most && char.IsAsciiDigit(_text[end]))
            end++;
        for (; end - _at >= least; end--)
        {
            var number = int.Parse(_text.AsSpan(_at, end - _at), NumberStyles.None);
            if (number < low || number > high)
                continue;
            _at = end;
            return number;
        }

        throw Mismatch();
    }

    private int Name(string[] names)
    {
        var place = Array.FindIndex(names, name => string.Compare(_text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0);
        if (place < 0)
            throw Mismatch();
        _at += names[place].Length;
        return place;
    }

    private void Offset()
    {
        if (_at < _text.Length && _text[_at] is 'Z')
        {
            _at++;
            _offset = TimeSpan.Zero;
            return;
        }

        var sign = _at < _text.Length && _text[_at] is '+' or '-' ? _text[_at++] : throw Mismatch();
        var hours = Number(2, 2, 0, 99);
        if (_at < _text.Length && _text[_at] == ':')
            _at++;
        var span = new TimeSpan(hours, Number(2, 2, 0, 59), 0);
        _offset = sign == '-' ? -span : span;
    }

    private YaqlException Mismatch() => YaqlException.Value($"time data '{_text}' does not match the format");
}
