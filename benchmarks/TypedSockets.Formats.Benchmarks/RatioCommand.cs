using System.Diagnostics;
using System.Globalization;
using TypedSockets.Formats.Benchmarks.Subjects;

namespace TypedSockets.Formats.Benchmarks;

/// <summary>
/// <c>ratios [ROUNDS [PAYLOAD]]</c>: all subjects in turn, round after round, and the medians. Slow seconds of a shared machine hit all of them alike, so ratios repeat where single times do not.
/// </summary>
internal static class RatioCommand
{
    public const string Name = "ratios";

    private const int DefaultRounds = 41;

    // Long against the clock's resolution, short against the machine's moods.
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(8);

    public static int Run(string[] arguments)
    {
        var rounds = arguments.Length == 0 ? DefaultRounds : int.Parse(arguments[0], CultureInfo.InvariantCulture);
        Console.WriteLine("| payload | | bytes, MessagePack / JSON | hand-written, ns | MessagePack | JSON | System.Text.Json | MessagePack : hand-written | System.Text.Json : JSON | allocated B |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var payload in SubjectCatalog.Payloads.Where(name => arguments.Length < 2 || arguments[1] == name))
        {
            var subjects = SubjectCatalog.Create(payload);
            Report(payload, "encode", subjects, subject => subject.Encode, rounds);
            Report(payload, "decode", subjects, subject => subject.Decode, rounds);
        }

        return 0;
    }

    private static void Report(string payload, string operation, Dictionary<string, Subject> subjects, Func<Subject, Func<int, int>> choose, int rounds)
    {
        string[] order = [SubjectCatalog.HandWritten, SubjectCatalog.Generated, SubjectCatalog.GeneratedJson, SubjectCatalog.Json];
        var runs = order.Select(name => new Timed(choose(subjects[name]))).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < runs.Length; turn++)
            {
                runs[(round + turn) % runs.Length].Measure();
            }
        }

        // The ratio of each round, of which the median: both were measured within the same moment.
        var ratio = Median(runs[1].Times.Zip(runs[0].Times, (ours, theirs) => ours / theirs));
        var gain = Median(runs[3].Times.Zip(runs[2].Times, (theirs, ours) => theirs / ours));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {payload} | {operation} | {subjects[SubjectCatalog.Generated].Payload.Length} / {subjects[SubjectCatalog.GeneratedJson].Payload.Length} | {string.Join(" | ", runs.Select(run => Median(run.Times).ToString("0.0", CultureInfo.InvariantCulture)))} | {ratio:0.00} | {gain:0.00} | {runs[1].AllocatedBytes:0} / {runs[2].AllocatedBytes:0} |"));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private sealed class Timed
    {
        private readonly Func<int, int> _operation;
        private int _count = 1_000;

        public Timed(Func<int, int> operation)
        {
            _operation = operation;
            // Compiled in its last tier: many calls, and time for the compiler's thread.
            var clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < 700)
            {
                operation(500);
            }

            Measure();
            Times.Clear();
        }

        public List<double> Times { get; } = [];

        public double AllocatedBytes { get; private set; }

        public void Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            _operation(_count);
            var took = Stopwatch.GetElapsedTime(start);
            AllocatedBytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / _count;
            var nanoseconds = took.TotalNanoseconds / _count;
            Times.Add(nanoseconds);
            _count = Math.Max(500, (int)(s_slice.TotalNanoseconds / nanoseconds));
        }
    }
}
