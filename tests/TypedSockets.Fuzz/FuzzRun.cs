using System.Diagnostics;
using System.Globalization;
using TypedSockets.Corpus;
using TypedSockets.Formats;

namespace TypedSockets.Fuzz;

/// <summary>
/// Gives mutated and random payloads to every serializer of the corpus, in both formats. An input is read or refused with a <see cref="PayloadException"/>; whatever else happens, or
/// more memory than <see cref="MaxBytes"/>, stops the run with the input. The same seed makes the same inputs.
/// </summary>
public sealed class FuzzRun
{
    /// <summary>
    /// A byte of input is worth this many of memory at most. The types decide, not the sender: an object without members is one byte in a payload and has its default members on the heap.
    /// The count of a list or a map is checked against the bytes that are left before anything is allocated for it.
    /// </summary>
    public const int BytesPerByte = 64;

    /// <summary>What an input may take whatever its length: the value itself, or exceptions with their texts and stack traces.</summary>
    public const int FixedBytes = 32 * 1024;

    private const int MaxInputBytes = 4_096;

    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly (string Name, Target Target, CorpusFormat Format, byte[] Payload)[] _seeds;

    public FuzzRun(int seed)
    {
        _random = new Random(seed);
        _mutator = new Mutator(_random, MaxInputBytes);
        _seeds =
        [
            .. from item in CorpusCases.All
               let target = Target.Of(item)
               from format in Enum.GetValues<CorpusFormat>()
               let payload = target.Encode(format)
               where payload.Length < MaxInputBytes
               select (item.Name, target, format, payload),
        ];
        // Static state, buffers and the table of strings are made once, not for an input.
        foreach (var (_, target, format, payload) in _seeds)
        {
            target.Decode(format, payload);
            Refuse(target, format);
        }
    }

    public long Inputs { get; private set; }

    public long Refused { get; private set; }

    /// <summary>The most memory that any input took for each of its bytes, the fixed part taken off, and the type that it was read as.</summary>
    public (double BytesPerByte, string Name) Hungriest { get; private set; }

    /// <summary>The longest that any input took, and the type that it was read as.</summary>
    public (TimeSpan Time, string Name) Slowest { get; private set; }

    public static long MaxBytes(int length) => FixedBytes + ((long)BytesPerByte * length);

    /// <exception cref="InvalidOperationException">An input was neither read nor refused properly.</exception>
    public void Run(long inputs)
    {
        for (; inputs > 0; inputs--)
        {
            var (name, target, format, payload) = _seeds[_random.Next(_seeds.Length)];
            var other = _seeds[_random.Next(_seeds.Length)];
            Try(name, target, format, _mutator.Next(format, payload, other.Format == format ? other.Payload : payload));
        }
    }

    private void Try(string name, Target target, CorpusFormat format, ReadOnlySpan<byte> input)
    {
        Inputs++;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Decode(format, input);
        }
        catch (PayloadException)
        {
            Refused++;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(Describe(name, format, input, exception.GetType().Name), exception);
        }

        var took = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > MaxBytes(input.Length))
        {
            throw new InvalidOperationException(Describe(name, format, input, $"{allocated:N0} bytes allocated"));
        }

        var perByte = (double)(allocated - FixedBytes) / Math.Max(1, input.Length);
        Hungriest = perByte > Hungriest.BytesPerByte ? (perByte, $"{name}, {format}, {input.Length} bytes") : Hungriest;
        Slowest = took > Slowest.Time ? (took, $"{name}, {format}, {input.Length} bytes") : Slowest;
    }

    private static void Refuse(Target target, CorpusFormat format)
    {
        try
        {
            target.Decode(format, [0xc1]);
        }
        catch (PayloadException)
        {
        }
    }

    private string Describe(string name, CorpusFormat format, ReadOnlySpan<byte> input, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} for '{name}', {format}, input {Inputs} of {input.Length} bytes: {Convert.ToHexStringLower(input)}");
}
