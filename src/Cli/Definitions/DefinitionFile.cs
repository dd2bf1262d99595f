using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Cli.Definitions;

/// <summary>
/// Reads a file of definitions: one JSON object, an array of them, or one after the other as in JSONL. Strict: a key that means nothing is
/// refused, with every other fault, by file and line.
/// </summary>
/// <typeparam name="TDraft">What is defined.</typeparam>
internal sealed class DefinitionFile<TDraft>
    where TDraft : class
{
    private static readonly JsonSerializerOptions Strict = new(DomainJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        TypeInfoResolver = DomainJson.Options.TypeInfoResolver!.WithAddedModifier(PassOverVersion),
    };

    private readonly FieldErrors _faults = new();
    private readonly List<Definition<TDraft>> _definitions = [];
    private readonly string _name;
    private readonly byte[] _bytes;

    private DefinitionFile(string name, byte[] bytes) => (_name, _bytes) = (name, bytes);

    /// <summary>The definitions of the file at <paramref name="path"/>, at least one.</summary>
    public static async Task<Result<IReadOnlyList<Definition<TDraft>>>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!(await InputFile.ReadAsync(path, cancellationToken)).TryGet(out var bytes, out var error)) return error;
        var file = new DefinitionFile<TDraft>(Path.GetFileName(path), bytes);
        file.ReadAll();
        return file._faults.IsEmpty ? Result<IReadOnlyList<Definition<TDraft>>>.Of(file._definitions) : file._faults.ToError();
    }

    private void ReadAll()
    {
        var reader = new Utf8JsonReader(Text(), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = DomainJson.Options.MaxDepth });
        try
        {
            while (reader.Read())
            {
                // An array at the top holds definitions; what comes after its start is read like any other value.
                if (reader.TokenType is JsonTokenType.StartArray && reader.CurrentDepth == 0 || reader.TokenType is JsonTokenType.EndArray) continue;
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                ReadOne(start, (int)reader.BytesConsumed);
            }

            _faults.Require(_definitions.Count > 0 || !_faults.IsEmpty, _name, "There is nothing in it.");
        }
        catch (JsonException e)
        {
            _faults.Add($"{_name}:{e.LineNumber + 1}", Explain(e));
        }
    }

    private void ReadOne(int start, int end)
    {
        var line = Text()[..start].Count((byte)'\n') + 1;
        try
        {
            var draft = JsonSerializer.Deserialize<TDraft>(Text()[start..end], Strict);
            if (draft is null) _faults.Add($"{_name}:{line}", "Null defines nothing.");
            else _definitions.Add(new Definition<TDraft>($"{_name}:{line}", draft));
        }
        catch (JsonException e)
        {
            _faults.Add($"{_name}:{line + e.LineNumber}", Explain(e));
        }
    }

    // A template that was read from here bears its version; the product counts versions, whatever a file says.
    private static void PassOverVersion(JsonTypeInfo type)
    {
        if (type.Type != typeof(TemplateDraft)) return;
        var version = type.CreateJsonPropertyInfo(typeof(int?), "version");
        version.Set = (_, _) => { };
        type.Properties.Add(version);
    }

    private static string Explain(JsonException exception)
    {
        var fault = JsonFault.Of(exception, typeof(TDraft), Strict);
        return fault.Field is null ? fault.Message : $"{fault.Field}: {fault.Message}";
    }

    private ReadOnlySpan<byte> Text() => _bytes.AsSpan().StartsWith("\uFEFF"u8) ? _bytes.AsSpan(3) : _bytes;
}
