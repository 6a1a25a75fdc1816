using CsCheck;
using Undercloud.Heat.Evaluation;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Evaluation;

/// <summary>Compares evaluated snippets with what Heat itself makes of them, all in one Python process.</summary>
public sealed class HotEvalDifferentialTests
{
    private const string Failed = """{"error": true}""";

    private static string Recorded => Path.Combine(HotEvalCorpus.Directory, "answers.json");

    [Fact]
    public void Snippets_evaluate_as_Heat_was_once_seen_to_evaluate_them()
    {
        var answers = (MapValue)PythonJson.Read(File.ReadAllText(Recorded));
        var corpus = HotEvalCorpus.Read();
        Assert.True(corpus.Count > 2500);
        Assert.Equal([], corpus.Select(one => Difference(one.Name, one.Request, PythonJson.Write(answers[one.Name] ?? "no answer is recorded"))).OfType<string>());
    }

    /// <summary>Heat's answers are written beside the test, to be copied to tests/corpus/hot-eval/answers.json when the corpus has grown.</summary>
    [Fact]
    public async Task Snippets_evaluate_as_Heat_evaluates_them()
    {
        var corpus = HotEvalCorpus.Read();
        var theirs = await Ask(corpus.Select(one => one.Request));
        Assert.Equal([], corpus.Zip(theirs, (one, reply) => Difference(one.Name, one.Request, reply)).OfType<string>());
        var fresh = "{\n" + string.Join(",\n", corpus.Zip(theirs, (one, reply) => $"{PythonJson.Write(one.Name)}: {reply}")) + "\n}\n";
        await File.WriteAllTextAsync(Recorded + ".new", fresh, TestContext.Current.CancellationToken);
        Assert.Equal(File.Exists(Recorded) ? await File.ReadAllTextAsync(Recorded, TestContext.Current.CancellationToken) : "", fresh);
    }

    [Fact]
    public async Task Random_snippets_evaluate_as_Heat_evaluates_them()
    {
        var requests = new List<MapValue>();
        SnippetGenerator.Request.Sample(requests.Add, iter: 3000, threads: 1, seed: "0N0XIzNsQ0O2");
        var theirs = await Ask(requests);
        Assert.True(theirs.Count(reply => reply != Failed) > 800);
        Assert.Equal([], requests.Zip(theirs, (request, reply) => Difference("random", request, reply)).OfType<string>().Take(20));
    }

    [Fact]
    public async Task Random_parameters_are_judged_as_Heat_judges_them()
    {
        var requests = new List<MapValue>();
        ParameterGenerator.Request.Sample(requests.Add, iter: 3000, threads: 1, seed: "0N0XIzNsQ0O2");
        var theirs = await Ask(requests);
        Assert.True(theirs.Count(reply => reply != Failed) > 500);
        Assert.Equal([], requests.Zip(theirs, (request, reply) => Difference("random", request, reply)).OfType<string>().Take(20));
    }

    private static async Task<List<string>> Ask(IEnumerable<MapValue> requests)
    {
        var lines = requests.Select(PythonJson.Write).ToList();
        var output = await PythonOracle.Answer("heat.engine.template", "hot_eval.py", string.Join('\n', lines) + "\n");
        var replies = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Plain).ToList();
        Assert.Equal(lines.Count, replies.Count);
        return replies;
    }

    // That both fail is what counts, not in which words. Maps are compared without their order.
    private static string? Difference(string name, MapValue request, string theirs)
    {
        var ours = Plain(BatchEvaluator.Reply(PythonJson.Write(request)));
        return PythonText.Json(PythonJson.Read(ours)) == PythonText.Json(PythonJson.Read(theirs)) ? null
            : $"{name}: {PythonJson.Write(request)}\n  Heat {theirs}\n  ours {BatchEvaluator.Reply(PythonJson.Write(request))}";
    }

    private static string Plain(string reply) => ((MapValue)PythonJson.Read(reply)).ContainsKey("error") ? Failed : reply;
}
