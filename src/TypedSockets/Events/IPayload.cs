using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>The arguments of one event, ready to be written in any format. The generator writes one such struct for each event that has parameters.</summary>
public interface IPayload
{
    /// <summary>Writes the arguments as one array.</summary>
    void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct;

    /// <summary>The arguments one by one, for filters; it has a cost.</summary>
    object?[] ToValues();
}
