using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>One API of the workspace, with whatever state it keeps.</summary>
internal interface IFakeApi
{
    /// <summary>Adds its routes. Credentials and faults are seen to before a request comes here.</summary>
    void Map(IEndpointRouteBuilder routes);
}
