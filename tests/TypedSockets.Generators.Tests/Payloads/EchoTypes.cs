using System.Diagnostics.CodeAnalysis;

namespace TypedSockets.Generators.Tests.Payloads;

public enum Color
{
    Red,
    Green = 300,
}

[Flags]
public enum Flags : byte
{
    None = 0,
    Last = 128,
}

public enum Huge : ulong
{
    Max = ulong.MaxValue,
}

public sealed record Address(string Street, int? Number = null, string Country = "NO");

public readonly record struct Point(double X, double Y);

public record Person(string Name, Address Home)
{
    public Address? Work { get; init; }
}

/// <summary>Its own members travel behind those of its base.</summary>
public sealed record Employee(string Name, Address Home, decimal Salary) : Person(Name, Home);

/// <summary>Bound without a constructor's parameters.</summary>
public sealed class Settings
{
    public required string Theme { get; init; }

    public int FontSize { get; set; } = 12;

    public List<string> Recent { get; init; } = [];

    public string Computed => Theme + FontSize;
}

public sealed record Node(int Value, Node? Next, List<Node> Children);

public sealed record Box<T>(T Content);

public sealed record Empty;

/// <summary>Names that are keywords, and names that generated code uses itself.</summary>
public sealed record Keywords(int @class, string? reader, string? writer, int count, string? value);

[SuppressMessage("Design", "CA1051", Justification = "The subject: public fields travel.")]
public struct Fields
{
    public int Number;

    public string? Text;
}

[SuppressMessage("Design", "CA1034", Justification = "The subject: nested types travel.")]
public static class Outer
{
    public sealed record Inner(string Text);
}

/// <summary>Only what a reader can set again travels.</summary>
public sealed class GetOnly(int kept)
{
    public int Kept { get; } = kept;

    public int Dropped { get; } = 1;
}
