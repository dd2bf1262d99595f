namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Puts the sample into a new embedded workspace.</summary>
internal interface ISampleSeeder
{
    /// <summary>Seeds the sample. Repeating what an earlier attempt began completes it.</summary>
    Task SeedAsync(CancellationToken cancellationToken);
}
