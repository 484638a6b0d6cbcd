using System.Text.Json.Serialization;

namespace TypedSockets.Corpus.Types;

[Union(0, typeof(Circle))]
[Union(3, typeof(Square))]
[Union(1000, typeof(Group))]
public interface IShape;

public sealed record Circle(double Radius) : IShape;

public readonly record struct Square(double Side) : IShape;

/// <summary>A union that contains itself.</summary>
public sealed record Group(IReadOnlyList<IShape> Shapes, IShape? Main) : IShape;

/// <summary>The attribute of MessagePack-CSharp, with types of which one derives from another.</summary>
[MessagePack.Union(1, typeof(Plain))]
[MessagePack.Union(2, typeof(Fancy))]
public abstract class Hat
{
    public int Size { get; set; }
}

public class Plain : Hat
{
    public string Color { get; set; } = "";
}

public sealed class Fancy : Plain
{
    public int Feathers { get; set; }
}

/// <summary>The attributes of System.Text.Json, on a class that is one of the types itself.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(Warning), "warning")]
public record Notice(string Text);

public sealed record Warning(string Text, int Level) : Notice(Text);
