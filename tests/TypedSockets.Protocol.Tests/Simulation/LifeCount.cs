namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>What has happened in how many lives.</summary>
internal sealed class LifeCount
{
    private readonly int[] _paths = new int[Enum.GetValues<LifePath>().Length];
    private readonly int[] _pairs = new int[DisconnectPairs.Allowed.Count];

    public void Add(Life life)
    {
        for (var path = 0; path < _paths.Length; path++)
        {
            _paths[path] += life.Paths[path] > 0 ? 1 : 0;
        }

        if (life.Pair is { } pair)
        {
            for (var index = 0; index < _pairs.Length; index++)
            {
                _pairs[index] += DisconnectPairs.Allowed[index] == pair ? 1 : 0;
            }
        }
    }

    public void Add(LifeCount other)
    {
        for (var path = 0; path < _paths.Length; path++)
        {
            _paths[path] += other._paths[path];
        }

        for (var pair = 0; pair < _pairs.Length; pair++)
        {
            _pairs[pair] += other._pairs[pair];
        }
    }

    /// <summary>What happened in fewer lives than it must.</summary>
    public IEnumerable<string> Missing(int paths, int pairs) => Lines().Where(line => line.Count < (line.IsPath ? paths : pairs)).Select(line => $"{line.Name}: {line.Count}");

    public override string ToString() => string.Join('\n', Lines().Select(line => $"{line.Count,8}  {line.Name}"));

    private IEnumerable<(string Name, int Count, bool IsPath)> Lines() =>
        Enum.GetValues<LifePath>().Select(path => (path.ToString(), _paths[(int)path], true))
            .Concat(DisconnectPairs.Allowed.Select((pair, index) => ($"{pair.Cause}: client {pair.Client}, server {pair.Server}", _pairs[index], false)));
}
