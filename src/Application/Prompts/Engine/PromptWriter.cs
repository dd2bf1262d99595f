using System.Globalization;
using System.Text;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>Collects a prompt, and gives up as soon as it is longer than a prompt may be.</summary>
internal sealed class PromptWriter() : TextWriter(CultureInfo.InvariantCulture)
{
    // A buffer that one huge prompt has grown is let go rather than kept for the process's life.
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static PromptWriter? _spare;

    private readonly StringBuilder _prompt = new(1024);

    public override Encoding Encoding => Encoding.Unicode;

    public static PromptWriter Rent()
    {
        var writer = _spare ?? new PromptWriter();
        _spare = null;
        return writer;
    }

    public void Return()
    {
        _prompt.Clear();
        if (_prompt.Capacity <= LargestKept) _spare = this;
    }

    // Whatever else a TextWriter can write, it writes through these two.
    public override void Write(char value)
    {
        Reserve(1);
        _prompt.Append(value);
    }

    public override void Write(string? value)
    {
        if (value is null) return;
        Reserve(value.Length);
        _prompt.Append(value);
    }

    public override string ToString() => _prompt.ToString();

    private void Reserve(int count)
    {
        if (_prompt.Length + count > PromptLimits.RenderedLength) throw new RenderAbortedException(PromptErrors.PromptTooLarge());
    }
}
