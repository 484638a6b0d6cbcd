using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TypedSockets.Corpus.Types;

public readonly record struct Point(double X, double Y);

public sealed record Line(long Id, string Room, string Who, string Text, DateTimeOffset At);

public sealed record Nothing;

public sealed record Optional(int? Number = null, string? Text = "none", Weather Weather = Weather.Rainy, Point? Place = null);

/// <summary>Contains itself, directly and in lists.</summary>
public sealed record Tree(string Name, Tree? First, IReadOnlyList<Tree> Others);

public sealed record Box<T>(T Content);

public record Animal(string Name)
{
    public int Legs { get; init; } = 4;
}

public sealed record Bird(string Name, bool Flies) : Animal(Name);

/// <summary>Members that only the type itself can set.</summary>
public sealed class Account
{
    public required string Owner { get; init; }

    public decimal Balance { get; private set; }

    public int Version { get; internal init; }

    public static Account Create(string owner, decimal balance) => new() { Owner = owner, Balance = balance, Version = 3 };
}

/// <summary>Members that a new object gives values: of each kind of setter, and in the constructor.</summary>
public sealed class Initialized
{
    public Initialized() => Level = 7;

    public required string Owner { get; init; }

    public List<string> Names { get; init; } = ["first"];

    public int Rank { get; private set; } = 3;

    public string? Note { get; set; } = "none";

    public Point? Seat { get; set; } = new Point(1, 2);

    public int Level { get; set; }
}

/// <summary>A struct with a member that only the type itself can set.</summary>
public record struct Counter
{
    public int Count { get; private set; }

    public static Counter Of(int count) => new() { Count = count };
}

/// <summary>A constructor that only the type itself can call.</summary>
public sealed class Ticket
{
    [JsonConstructor]
    private Ticket(string code, int seat)
    {
        Code = code;
        Seat = seat;
    }

    public string Code { get; }

    public int Seat { get; }

    public string? Note { get; init; }

    public static Ticket Create(string code, int seat, string? note) => new(code, seat) { Note = note };
}

/// <summary>Names and omissions in JSON.</summary>
public sealed record Renamed(
    [property: JsonPropertyName("n")] int Number,
    [property: JsonPropertyName("ürsprung €")] string Origin,
    [property: JsonIgnore] string? Secret = null,
    string URLOfPage = "");

/// <summary>Names that are keywords, and names that generated code uses itself.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "The subject.")]
[SuppressMessage("Style", "IDE1006", Justification = "The subject.")]
public sealed record Awkward(int @class, string? reader, string? writer, int left, int next, string? value, string created);

public sealed record Interned([Interned] string Room, [property: Interned] string? Name);

[SuppressMessage("Design", "CA1051", Justification = "The subject: public fields travel.")]
public struct Fields : IEquatable<Fields>
{
    public int Number;

    public string? Text;

    public readonly bool Equals(Fields other) => Number == other.Number && Text == other.Text;

    public override readonly bool Equals(object? obj) => obj is Fields other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Number, Text);
}
