using Mirion.Generation.Infrastructure.Databricks.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// SQL statements (docs.databricks.com/api/statement-execution/v1). A statement that fails is answered with 200; a call that is refused is a <see cref="DatabricksException"/>.
/// </summary>
internal interface IStatementApi
{
    /// <summary>Submits a statement. There is no idempotency key: only a statement that may be executed twice is submitted again when the reply is lost.</summary>
    [Post("/api/2.0/sql/statements")]
    Task<StatementReply> SubmitAsync(
        [Body] StatementRequest statement,
        [Property(RequestTraits.Repeatable)] bool repeatable,
        [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser,
        CancellationToken cancellationToken);

    /// <summary>Where a statement stands; with its result when it succeeded.</summary>
    [Get("/api/2.0/sql/statements/{id}")]
    Task<StatementReply> GetAsync(string id, [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser, CancellationToken cancellationToken);

    /// <summary>A part of a result. Asked for again it brings a new link.</summary>
    [Get("/api/2.0/sql/statements/{id}/result/chunks/{index}")]
    Task<ResultChunk> GetChunkAsync(string id, int index, [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser, CancellationToken cancellationToken);

    /// <summary>Asks for a statement's end, which may come too late.</summary>
    [Post("/api/2.0/sql/statements/{id}/cancel")]
    Task CancelAsync(
        string id, [Property(RequestTraits.Repeatable)] bool repeatable, [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser, CancellationToken cancellationToken);
}
