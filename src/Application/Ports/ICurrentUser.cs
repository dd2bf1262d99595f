namespace Mirion.Generation.Application.Ports;

/// <summary>Who is asking.</summary>
public interface ICurrentUser
{
    /// <summary>A name that stands in <c>created_by</c>, <c>labeled_by</c> and <c>reviewed_by</c>.</summary>
    string Name { get; }
}
