using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Sources.Volumes;

/// <summary>Something in a sheet's directory that is an item.</summary>
/// <param name="Ref">Its path relative to the directory.</param>
/// <param name="LeavesVolume">Whether it is a link that leads out of the volume.</param>
internal sealed record VolumeEntry(ItemRef Ref, bool LeavesVolume = false);
