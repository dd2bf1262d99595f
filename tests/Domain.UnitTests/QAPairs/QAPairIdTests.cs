using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.UnitTests.QAPairs;

public sealed class QAPairIdTests
{
    private const string Uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    [Test]
    public void For_WhenTheTrainingSheetsIdIsAUuid_IsTheUuidV5OfTheItemInIt() =>
        Assert.That(For(Uuid, "www.example.com").ToString(), Is.EqualTo("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    [Test]
    public void For_WhenTheTrainingSheetsIdIsNoUuid_IsTheUuidV5OfTheItemInTheIdsOwn() =>
        Assert.That(For("ts-1", "item-1").Value, Is.EqualTo(UuidV5.Create(UuidV5.Create(Guid.Empty, "ts-1"), "item-1")));

    [Test]
    public void For_WhenItemOrTrainingSheetDiffers_Differs() =>
        Assert.That(new[] { For(Uuid, "a"), For(Uuid, "b"), For("ts-1", "a"), For("ts-2", "a") }, Is.Unique);

    private static QAPairId For(string trainingSheet, string item) => QAPairId.For(new TrainingSheetId(trainingSheet), new ItemRef(item));
}
