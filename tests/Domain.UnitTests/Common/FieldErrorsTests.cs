using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.UnitTests.Common;

public sealed class FieldErrorsTests
{
    [Test]
    public void ToError_WhenSeveralFieldsAreWrong_NamesEveryFaultByField()
    {
        var errors = new FieldErrors();
        errors.Add("name", "Too long.");
        errors.Add("id", "Missing.");
        errors.Require(false, "name", "Not a word.");
        errors.Require(true, "limit", "Never said.");

        var error = errors.ToError();

        Assert.Multiple(() =>
        {
            Assert.That(error.Kind, Is.EqualTo(ErrorKind.Invalid));
            Assert.That(error.Code, Is.EqualTo("validation_failed"));
            Assert.That(error.Message, Is.EqualTo("id: Missing. name: Too long. name: Not a word."));
            Assert.That(error.Fields.Keys, Is.EquivalentTo(new[] { "id", "name" }));
            Assert.That(error.Fields["name"], Is.EqualTo(new[] { "Too long.", "Not a word." }));
        });
    }

    [Test]
    public void IsEmpty_WhenNothingWasFound_IsTrue()
    {
        var errors = new FieldErrors();
        errors.Require(true, "name", "Never said.");

        Assert.That(errors.IsEmpty, Is.True);
    }

    [Test]
    public void InvalidField_WhenMade_NamesItsOneField()
    {
        var error = Error.InvalidField("limit", "Give 1 to 1000.");

        Assert.That(error.Message, Is.EqualTo("limit: Give 1 to 1000."));
        Assert.That(error.Fields["limit"], Is.EqualTo(new[] { "Give 1 to 1000." }));
    }
}
