using CsCheck;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.UnitTests.Common;

public sealed class UuidV5Tests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    [Test]
    public void Create_WhenGivenTheVectorOfTheRfc_IsItsUuid() =>
        Assert.That(UuidV5.Create(Dns, "www.example.com"), Is.EqualTo(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2")));

    // Computed with Python's uuid.uuid5, which is another implementation.
    [TestCase("", "4ebd0208-8328-5d69-8c44-ec50939c0967")]
    [TestCase("Straße/日本/🔌", "d2252507-ab8e-5021-9d87-a3c0a145b570")]
    public void Create_WhenNameIsEmptyOrNotAscii_AgreesWithOthers(string name, string expected) =>
        Assert.That(UuidV5.Create(Dns, name), Is.EqualTo(new Guid(expected)));

    [Test]
    public void Create_WhenNameIsLongerThanTheStackBuffer_AgreesWithOthers() =>
        Assert.That(UuidV5.Create(Dns, new string('x', 5000)), Is.EqualTo(new Guid("cfc11b34-06f5-5404-bc50-2a211317a864")));

    [Test]
    public void Create_WhenGivenAnything_HasVersionAndVariantOfTheRfc() => Gen.Select(Gen.Guid, Gen.String).Sample((space, name) =>
    {
        var uuid = UuidV5.Create(space, name);
        Assert.That((uuid.Version, uuid.Variant & 0b1100), Is.EqualTo((5, 0b1000)));
    });
}
