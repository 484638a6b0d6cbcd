using System.Diagnostics.CodeAnalysis;

namespace TypedSockets;

/// <summary>What trimming must leave of a hub, for code of one's own that is generic in the hub: <c>[DynamicallyAccessedMembers(HubMembers.Needed)] THub</c>.</summary>
public static class HubMembers
{
    /// <summary>The public constructors, by which a hub is made, and the methods, whose attributes say who may call them: an explicit implementation of an event is not public.</summary>
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;
}
