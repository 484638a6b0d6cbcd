using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>The arguments of an event that takes a number, as the generator would write them.</summary>
internal readonly struct IntArguments(int value) : IPayload
{
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(1);
        writer.WriteInt32(value);
        writer.EndArray();
    }

    public object?[] ToValues() => [value];
}

/// <summary>The arguments of an event that takes a key and a number, as the generator would write them.</summary>
internal readonly struct KeyedArguments(string key, int value) : IConflatedPayload
{
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(2);
        writer.WriteString(key);
        writer.WriteInt32(value);
        writer.EndArray();
    }

    public void WriteKey(ref MessagePackWriter writer)
    {
        writer.BeginArray(1);
        writer.WriteString(key);
        writer.EndArray();
    }

    public object?[] ToValues() => [key, value];
}

/// <summary>The arguments of an event that takes a text.</summary>
internal readonly struct TextArguments(string value) : IPayload
{
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(1);
        writer.WriteString(value);
        writer.EndArray();
    }

    public object?[] ToValues() => [value];
}

internal readonly struct IntCodec : IPayloadCodec<int>
{
    public static void Write<TWriter>(ref TWriter writer, int value) where TWriter : struct, IFormatWriter, allows ref struct => writer.WriteInt32(value);

    public static int Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => reader.ReadInt32();
}

internal readonly struct TextCodec : IPayloadCodec<string>
{
    public static void Write<TWriter>(ref TWriter writer, string value) where TWriter : struct, IFormatWriter, allows ref struct => writer.WriteString(value);

    public static string Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => reader.ReadString();
}
