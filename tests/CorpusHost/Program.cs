using TypedSockets.Corpus;

// Every value of the corpus through both formats: one line each with what was written, and what was written of what was read.
foreach (var format in Enum.GetValues<CorpusFormat>())
{
    foreach (var item in CorpusCases.All)
    {
        Console.WriteLine(CorpusLine.Of(item, format));
    }
}
