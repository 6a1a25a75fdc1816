using System.Collections.Frozen;

namespace Undercloud.Heat.Templates;

/// <summary>A <c>heat_template_version</c>, oldest first, so that versions compare by age.</summary>
public enum HotVersion
{
    V20130523,
    V20141016,
    V20150430,
    V20151015,
    V20160408,
    Newton,
    Ocata,
    Pike,
    Queens,
    Rocky,
    Wallaby,
}

/// <summary>The names of template versions.</summary>
public static class HotVersions
{
    /// <summary>Every name that a template may use, dates and release names.</summary>
    public static FrozenDictionary<string, HotVersion> ByName { get; } = new Dictionary<string, HotVersion>
    {
        ["2013-05-23"] = HotVersion.V20130523,
        ["2014-10-16"] = HotVersion.V20141016,
        ["2015-04-30"] = HotVersion.V20150430,
        ["2015-10-15"] = HotVersion.V20151015,
        ["2016-04-08"] = HotVersion.V20160408,
        ["2016-10-14"] = HotVersion.Newton,
        ["newton"] = HotVersion.Newton,
        ["2017-02-24"] = HotVersion.Ocata,
        ["ocata"] = HotVersion.Ocata,
        ["2017-09-01"] = HotVersion.Pike,
        ["pike"] = HotVersion.Pike,
        ["2018-03-02"] = HotVersion.Queens,
        ["queens"] = HotVersion.Queens,
        ["2018-08-31"] = HotVersion.Rocky,
        ["rocky"] = HotVersion.Rocky,
        ["2021-04-16"] = HotVersion.Wallaby,
        ["wallaby"] = HotVersion.Wallaby,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
