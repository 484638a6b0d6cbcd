namespace TypedSockets.Corpus;

public enum CorpusFormat
{
    MessagePack,
    Json,
}
