using System.Text;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>What a run printed, of which a workspace keeps the last 5 MB.</summary>
internal sealed class RunOutput
{
    private const int MaxLength = 5 * 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private bool _truncated;

    public void AddLine(string? line)
    {
        if (line is null) return;
        lock (_lock)
        {
            _text.Append(line).Append('\n');
            if (_text.Length <= MaxLength) return;
            _text.Remove(0, _text.Length - MaxLength);
            _truncated = true;
        }
    }

    public (string Text, bool Truncated) Read()
    {
        lock (_lock) return (_text.ToString(), _truncated);
    }
}
