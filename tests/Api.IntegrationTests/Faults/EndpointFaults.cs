using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Faults;

/// <summary>Every way in which a model's endpoint is known to fail, by what becomes of it.</summary>
internal static class EndpointFaults
{
    /// <summary>Those that another attempt may not meet.</summary>
    public static readonly IReadOnlyDictionary<string, ChatReply> Passing = new Dictionary<string, ChatReply>
    {
        ["408"] = ChatReplies.Status(408),
        ["429"] = ChatReplies.Status(429),
        ["429 Retry-After"] = ChatReplies.Status(429, retryAfter: "2"),
        ["500"] = ChatReplies.Status(500),
        ["502"] = ChatReplies.Status(502, body: "<html>bad gateway</html>"),
        ["503"] = ChatReplies.Status(503, body: ""),
        ["503 Retry-After"] = ChatReplies.Status(503, retryAfter: "2"),
        ["504"] = ChatReplies.Status(504),
        ["reset before the reply"] = ChatReplies.Reset(),
        ["reset in the reply"] = ChatReplies.CutInReply(reset: true),
        ["reply that breaks off"] = ChatReplies.CutInReply(reset: false),
        ["timeout"] = ChatReplies.Silence(),
        ["garbage"] = ChatReplies.Body("<html>log in</html>"),
        ["JSON cut short"] = ChatReplies.Body("""{"choices":[{"message":{"content":"scr"""),
        ["empty body"] = ChatReplies.Body(""),
    };

    /// <summary>Those of them that come to an end by attempts, not by time.</summary>
    public static IEnumerable<string> Lasting => Passing.Keys.Where(name => !name.StartsWith("429", StringComparison.Ordinal) && name is not ("503 Retry-After" or "timeout"));

    /// <summary>Those that belong to one question, with the code its item is flagged with.</summary>
    public static readonly IReadOnlyDictionary<string, (string Code, ChatReply Reply)> OfOneItem = new Dictionary<string, (string, ChatReply)>
    {
        ["400"] = ("model_refused", ChatReplies.Status(400)),
        ["413"] = ("model_refused", ChatReplies.Status(413)),
        ["422"] = ("model_refused", ChatReplies.Status(422)),
        ["length"] = ("length", ChatReplies.CutOff("half an ans")),
        ["content_filter"] = ("content_filter", ChatReplies.Filtered()),
        ["empty answer"] = ("empty_answer", ChatReplies.Answer("")),
        ["no answer"] = ("empty_answer", ChatReplies.Null()),
        ["blank answer"] = ("empty_answer", ChatReplies.Answer(" \n\t ")),
    };

    /// <summary>Those that no call will fare better with.</summary>
    public static readonly IReadOnlyList<int> OfTheWholeRun = [401, 403, 404];
}
