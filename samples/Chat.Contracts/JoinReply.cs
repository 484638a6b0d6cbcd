namespace Chat.Contracts;

/// <summary>The answer to joining: exactly one of the two is set.</summary>
/// <param name="Joined">What there is to see in the room.</param>
/// <param name="Refusal">Why the room was not joined.</param>
public sealed record JoinReply(Joined? Joined, Refusal? Refusal);
