namespace TypedSockets.Generators.Contracts;

/// <summary>
/// The runtime types that the generator looks for or writes about, by metadata name. The generator references no runtime project, so this is the only place that knows them;
/// a test checks that each one still exists.
/// </summary>
internal static class RuntimeTypes
{
    public const string EventContractAttribute = "TypedSockets.EventContractAttribute";
    public const string EventAttribute = "TypedSockets.EventAttribute";
    public const string FaultAttribute = "TypedSockets.FaultAttribute`1";
    public const string ConcurrencyKeyAttribute = "TypedSockets.ConcurrencyKeyAttribute";
    public const string Concurrency = "TypedSockets.Concurrency";
    public const string EventFault = "TypedSockets.Events.EventFault";
    public const string ConflationKeyAttribute = "TypedSockets.ConflationKeyAttribute";
    public const string ServerEvents = "TypedSockets.IServerEvents`2";
    public const string ClientEvents = "TypedSockets.IClientEvents";
    public const string Contract = "TypedSockets.Contract`2";
    public const string AuthenticatedContract = "TypedSockets.AuthenticatedContract`3";
    public const string ConnectAuthentication = "TypedSockets.Events.ConnectAuthentication";
    public const string ContractShape = "TypedSockets.ContractShape";
    public const string EventShape = "TypedSockets.EventShape";
    public const string EventSender = "TypedSockets.Events.EventSender";
    public const string EventProxy = "TypedSockets.Events.EventProxy";
    public const string StreamSource = "TypedSockets.Events.StreamSource";
    public const string EventDispatcher = "TypedSockets.Events.EventDispatcher";
    public const string EventCall = "TypedSockets.Events.EventCall";
    public const string Payload = "TypedSockets.Events.IPayload";
    public const string ConflatedPayload = "TypedSockets.Events.IConflatedPayload";
    public const string PayloadCodec = "TypedSockets.Events.IPayloadCodec`1";
    public const string FormatWriter = "TypedSockets.Formats.IFormatWriter";
    public const string FormatReader = "TypedSockets.Formats.IFormatReader";
    public const string JsonReader = "TypedSockets.Formats.JsonReader";
    public const string MessagePackReader = "TypedSockets.Formats.MessagePackReader";
    public const string MessagePackWriter = "TypedSockets.Formats.MessagePackWriter";
    public const string ObjectNames = "TypedSockets.Formats.ObjectNames";
    public const string EnumNames = "TypedSockets.Formats.EnumNames`1";
    public const string UriCodec = "TypedSockets.Formats.Codecs.UriCodec";
    public const string VersionCodec = "TypedSockets.Formats.Codecs.VersionCodec";
    public const string Int128Codec = "TypedSockets.Formats.Codecs.Int128Codec";
    public const string UInt128Codec = "TypedSockets.Formats.Codecs.UInt128Codec";
    public const string RuneCodec = "TypedSockets.Formats.Codecs.RuneCodec";
    public const string BigIntegerCodec = "TypedSockets.Formats.Codecs.BigIntegerCodec";
    public const string ComplexCodec = "TypedSockets.Formats.Codecs.ComplexCodec";
    public const string ByteSequenceCodec = "TypedSockets.Formats.Codecs.ByteSequenceCodec";
    public const string RegisteredCodec = "TypedSockets.Formats.Codecs.RegisteredCodec`1";
    public const string GridLengths = "TypedSockets.Formats.GridLengths";
    public const string PayloadFormatterAttribute = "TypedSockets.PayloadFormatterAttribute";
    public const string InternedAttribute = "TypedSockets.InternedAttribute";
    public const string UnionAttribute = "TypedSockets.UnionAttribute";
    public const string DisconnectReason = "TypedSockets.DisconnectReason";
    public const string Hub = "TypedSockets.Server.Hub`1";
    public const string PayloadException = "TypedSockets.Formats.PayloadException";

    /// <summary>How generated code names a type, without its type arguments.</summary>
    public static string Global(string metadataName)
    {
        var arity = metadataName.IndexOf('`');
        return "global::" + (arity < 0 ? metadataName : metadataName.Substring(0, arity));
    }
}
