using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>tests/corpus/config: files of a release, and python-tripleoclient's answers to them.</summary>
internal static class ClientCorpus
{
    private static readonly string s_directory = Path.Combine(AppContext.BaseDirectory, "corpus/config");

    // The names in the files.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> s_names = ImmutableDictionary<string, ImmutableArray<string>>.Empty
        .Add("public.example.org", ["10.9.8.2", "fd00:9::2"])
        .Add("admin.example.org", ["10.9.8.3", "fd00:9::3"]);

    /// <summary>The files by name, in order.</summary>
    public static ImmutableArray<(string Name, ClientRequest Request)> Requests(string release) =>
    [
        .. Directory.GetFiles(Path.Combine(s_directory, release), "*.conf").Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), new ClientRequest(File.ReadAllText(path)) { Names = s_names })),
    ];

    /// <summary>Where a release's answers are recorded.</summary>
    public static string AnswersPath(string release) => Path.Combine(s_directory, $"{release}.answers.json");

    /// <summary>The recorded answers by the files' names.</summary>
    public static MapValue Answers(string release) => (MapValue)PythonJson.Read(File.ReadAllText(AnswersPath(release)));
}
