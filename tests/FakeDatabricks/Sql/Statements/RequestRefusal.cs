using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A request that the API itself refuses, before there is any statement.</summary>
internal sealed class RequestRefusal(int status, string code, string message) : Exception(message)
{
    public static RequestRefusal Malformed(string message) => new(StatusCodes.Status400BadRequest, "MALFORMED_REQUEST", message);

    public static RequestRefusal Invalid(string message) => new(StatusCodes.Status400BadRequest, "INVALID_PARAMETER_VALUE", message);

    public IResult Reply() => ApiError.Of(status, code, Message);
}
