using System.Security.Cryptography;
using System.Text;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Sources.Volumes;

/// <summary>The hash by which items are sampled at random, as SQL's <c>md5(sheet_id || '/' || item_ref)</c> gives it.</summary>
internal static class SampleHash
{
    // MD5 because every workspace has it in SQL; nothing relies on it against an adversary.
#pragma warning disable CA5351
    public static string Of(SheetId sheet, ItemRef item) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{sheet}/{item}")));
#pragma warning restore CA5351
}
