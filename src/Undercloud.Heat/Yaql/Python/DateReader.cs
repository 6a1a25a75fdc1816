using System.Globalization;
using System.Text.RegularExpressions;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>dateutil.parser.parse(): dates as people write them. Missing fields are those of today.</summary>
internal sealed partial class DateReader
{
    private static readonly string[] s_jumps =
        [" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"];

    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly string[] _tokens;
    private readonly DateTime _today;
    private readonly DateParts _date = new();
    private int _at;
    private int? _hour;
    private int? _minute;
    private int? _second;
    private int? _microsecond;
    private int? _weekday;
    private TimeSpan? _offset;
    private string? _zone;

    private DateReader(string text, DateTime today)
    {
        _tokens = [.. Tokens().Matches(text).Select(match => match.Value)];
        _today = today;
    }

    public static DateTimeValue Read(string text, DateTime today)
    {
        var reader = new DateReader(text, today);
        while (reader._at < reader._tokens.Length)
        {
            if (!reader.Step())
                throw YaqlException.Value($"Unknown string format: {text}");
        }

        return reader.Result(text);
    }

    [GeneratedRegex(@"\d+(?:\.\d+(?!\d*\.))?|\p{L}+|\s|.", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    private string? Peek(int ahead) => _at + ahead < _tokens.Length ? _tokens[_at + ahead] : null;

    private static bool IsNumber(string? token) => token is not null && char.IsAsciiDigit(token[0]);

    private bool Step()
    {
        var token = _tokens[_at];
        if (IsNumber(token))
            return Number(token);
        if (Name(s_weekdays, token) is { } weekday)
            _weekday = weekday;
        else if (Name(s_months, token) is { } month)
            return Month(month);
        else if (token.ToLowerInvariant() is "am" or "pm" or "a" or "p" && _hour is { } hour && hour <= 12)
            _hour = (hour % 12) + (token[0] is 'p' or 'P' ? 12 : 0);
        else if (token is "+" or "-" && _hour is not null && IsNumber(Peek(1)))
            return Offset(token == "-" ? -1 : 1);
        else if (_hour is not null && _zone is null && token.Length <= 5 && token.All(char.IsAsciiLetterUpper) && token is not ("T" or "M"))
            return Zone(token);
        else if (!s_jumps.Contains(token.ToLowerInvariant()) && !string.IsNullOrWhiteSpace(token) && !(_zone is not null && token is "(" or ")"))
            return false;
        _at++;
        return true;
    }

    private static int? Name(string[] names, string token)
    {
        var lower = token.ToLowerInvariant();
        var format = CultureInfo.InvariantCulture.DateTimeFormat;
        for (var i = 0; i < names.Length; i++)
        {
            var full = names.Length == 12 ? format.MonthNames[i] : format.DayNames[(i + 1) % 7];
            if (lower == names[i] || string.Equals(token, full, StringComparison.OrdinalIgnoreCase) || (lower == "sept" && names[i] == "sep"))
                return i;
        }

        return null;
    }

    private bool Zone(string token)
    {
        _zone = token;
        if (token is "Z" or "UTC" or "GMT")
            _offset = TimeSpan.Zero;
        _at++;
        return true;
    }

    private bool Offset(int sign)
    {
        var digits = Peek(1)!;
        _at += 2;
        var (hours, minutes) = (0, 0);
        if (digits.Length == 4)
            (hours, minutes) = (int.Parse(digits[..2]), int.Parse(digits[2..]));
        else if (Peek(0) == ":" && IsNumber(Peek(1)))
            (hours, minutes, _at) = (int.Parse(digits), int.Parse(Peek(1)!), _at + 2);
        else if (digits.Length <= 2)
            hours = int.Parse(digits);
        else
            return false;
        _offset = sign * new TimeSpan(hours, minutes, 0);
        _zone ??= "";
        return _offset.Value.Duration() < TimeSpan.FromDays(1);
    }

    private bool Month(int month)
    {
        _date.AddMonth(month + 1);
        _at++;
        if (Peek(0) is not ("-" or "/") || !IsNumber(Peek(1)))
            return true;
        var separator = Peek(0);
        var taken = _date.Add(Peek(1)!);
        _at += 2;
        if (Peek(0) == separator && IsNumber(Peek(1)))
        {
            taken &= _date.Add(Peek(1)!);
            _at += 2;
        }

        return taken;
    }

    private bool Number(string token)
    {
        var dot = token.IndexOf('.');
        var length = dot < 0 ? token.Length : dot;
        if (_date.Count == 3 && length is 2 or 4 && _hour is null && dot < 0 && Peek(1) is null or " ")
            return Clock(token.PadRight(6, '0'));
        if (length == 6 && (dot >= 0 || _date.Count > 0))
            return Clock(token[..6]) && Fraction(token);
        if (length == 6)
            return Take(_date.Add(token[..2]) && _date.Add(token[2..4]) && _date.Add(token[4..]));
        if (length is 8 or 12 or 14 && dot < 0)
            return _date.Add(token[..4]) && _date.Add(token[4..6]) && _date.Add(token[6..8]) && (length == 8 ? Take(true) : Clock(token[8..].PadRight(6, '0')));
        if (Peek(1) == ":" && IsNumber(Peek(2)))
            return ClockWithColons(token);
        if (Unit(Peek(1) == " " ? Peek(2) : Peek(1)) is { } unit)
            return Measured(token, unit, Peek(1) == " " ? 3 : 2);
        if (Peek(1) is "-" or "/" or ".")
            return DateWithSeparators(token);
        var next = Peek(1) == " " ? Peek(2) : Peek(1);
        if (next?.ToLowerInvariant() is "am" or "pm" or "a" or "p" && dot < 0 && length <= 2 && int.Parse(token) is <= 12 and var hour)
        {
            _hour = hour;
            return Take(true);
        }

        if (dot >= 0 && _date.Count == 0 && length <= 2)
            return token.Split('.') is [var first, var second] && Take(_date.Add(first) && _date.Add(second));
        return dot < 0 && length <= 9 && Take(_date.Add(token));
    }

    private bool Take(bool ok)
    {
        _at++;
        return ok;
    }

    private static int? Unit(string? word) => word?.ToLowerInvariant() switch
    {
        "h" or "hour" or "hours" => 0,
        "m" or "minute" or "minutes" or "min" => 1,
        "s" or "second" or "seconds" or "sec" => 2,
        _ => null,
    };

    private bool Measured(string token, int unit, int tokens)
    {
        var number = double.Parse(token, CultureInfo.InvariantCulture);
        var whole = (int)number;
        if (unit == 0)
            (_hour, _minute) = (whole, number == whole ? _minute : (int)((number - whole) * 60));
        else if (unit == 1)
            (_minute, _second) = (whole, number == whole ? _second : (int)((number - whole) * 60));
        else
            _second = whole;
        _at += tokens;
        return unit < 2 || Fraction(token);
    }

    private bool Clock(string digits)
    {
        (_hour, _minute, _second) = (int.Parse(digits[..2]), int.Parse(digits[2..4]), int.Parse(digits[4..6]));
        return digits.Length != 6 || Take(true);
    }

    private bool Fraction(string token)
    {
        if (token.IndexOf('.') is >= 0 and var dot)
            _microsecond = int.Parse(token[(dot + 1)..].PadRight(6, '0')[..6]);
        return true;
    }

    private bool ClockWithColons(string token)
    {
        if (token.Contains('.') || token.Length > 2)
            return false;
        _hour = int.Parse(token);
        var minutes = Peek(2)!;
        _at += 3;
        if (minutes.Contains('.'))
        {
            var number = double.Parse(minutes, CultureInfo.InvariantCulture);
            (_minute, _second) = ((int)number, (int)((number - (int)number) * 60));
            return true;
        }

        _minute = minutes.Length <= 2 ? int.Parse(minutes) : 60;
        if (Peek(0) != ":" || !IsNumber(Peek(1)))
            return true;
        var seconds = Peek(1)!;
        _second = seconds.Split('.')[0] is { Length: <= 2 } whole ? int.Parse(whole) : 60;
        _at += 2;
        if (Peek(0) is "." or "," && IsNumber(Peek(1)) && !seconds.Contains('.'))
        {
            _ = Fraction("0." + Peek(1));
            _at += 2;
        }

        return Fraction(seconds);
    }

    private bool DateWithSeparators(string token)
    {
        var separator = Peek(1);
        var taken = _date.Add(token.Split('.')[0]) && (!token.Contains('.') || _date.Add(token.Split('.')[1]));
        _at += 2;
        for (var i = 0; i < 2 && taken && Peek(0) is { } next; i++)
        {
            if (IsNumber(next) && next.Length <= 9)
                taken = next.Split('.').All(_date.Add);
            else if (Name(s_months, next) is { } month)
                _date.AddMonth(month + 1);
            else
                break;
            _at++;
            if (i > 0 || Peek(0) != separator)
                break;
            _at++;
        }

        return taken;
    }

    private DateTimeValue Result(string text)
    {
        if (_date.Count == 0 && _hour is null && _minute is null && _second is null && _weekday is null)
            throw YaqlException.Value($"String does not contain a date: {text}");
        var (year, month, day) = _date.Resolve(_today.Year);
        var y = year ?? _today.Year;
        var m = month ?? _today.Month;
        var d = day ?? (m is >= 1 and <= 12 && y is >= 1 and <= 9999 ? int.Min(_today.Day, DateTime.DaysInMonth(y, m)) : 1);
        var local = TimeText.Build(y, m, d, _hour ?? 0, _minute ?? 0, _second ?? 0, _microsecond ?? 0);
        if (_weekday is { } weekday && day is null)
            local = local.AddDays((weekday - (((int)local.DayOfWeek + 6) % 7) + 7) % 7);
        return new(local, _offset);
    }
}
