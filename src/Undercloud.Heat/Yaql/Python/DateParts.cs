using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>The up to three numbers of a date, and which of them is year, month and day; dateutil's _ymd.</summary>
internal sealed class DateParts
{
    private readonly List<int> _numbers = [];
    private int _yearAt = -1;
    private int _monthAt = -1;
    private bool _century;

    public int Count => _numbers.Count;

    public bool Add(string digits)
    {
        if (digits.Length is 0 or > 9)
            return false;
        var number = int.Parse(digits);
        if (digits.Length > 2 || number > 100)
        {
            if (_yearAt >= 0)
                return false;
            (_yearAt, _century) = (_numbers.Count, true);
        }

        _numbers.Add(number);
        return true;
    }

    public void AddMonth(int month)
    {
        _monthAt = _numbers.Count;
        _numbers.Add(month);
    }

    public (int? Year, int? Month, int? Day) Resolve(int now)
    {
        var (year, month, day) = Order();
        if (year is < 100 && !_century)
        {
            year += now / 100 * 100;
            year += year >= now + 50 ? -100 : year < now - 50 ? 100 : 0;
        }

        return (year, month, day);
    }

    private (int? Year, int? Month, int? Day) Order()
    {
        var n = _numbers;
        switch (n.Count)
        {
            case 0:
                return (null, null, null);
            case 1:
                return _monthAt == 0 ? (null, n[0], null) : n[0] > 31 || _yearAt == 0 ? (n[0], null, null) : (null, null, n[0]);
            case 2 when _monthAt >= 0:
                var other = n[1 - _monthAt];
                return other > 31 || _yearAt >= 0 ? (other, n[_monthAt], null) : (null, n[_monthAt], other);
            case 2:
                return n[0] > 31 ? (n[0], n[1], null) : n[1] > 31 ? (n[1], n[0], null) : (null, n[0], n[1]);
            case 3 when _monthAt >= 0 && _yearAt >= 0:
                return (n[_yearAt], n[_monthAt], n[3 - _yearAt - _monthAt]);
            case 3:
                return Three(n);
            default:
                throw YaqlException.Value("More than three YMD values");
        }
    }

    private (int? Year, int? Month, int? Day) Three(List<int> n) => _monthAt switch
    {
        0 => n[1] > 31 ? (n[1], n[0], n[2]) : (n[2], n[0], n[1]),
        1 => n[0] > 31 ? (n[0], n[1], n[2]) : (n[2], n[1], n[0]),
        2 => n[1] > 31 ? (n[1], n[2], n[0]) : (n[0], n[2], n[1]),
        _ when n[0] > 31 || _yearAt == 0 => (n[0], n[1], n[2]),
        _ => n[0] > 12 ? (n[2], n[1], n[0]) : (n[2], n[0], n[1]),
    };
}
