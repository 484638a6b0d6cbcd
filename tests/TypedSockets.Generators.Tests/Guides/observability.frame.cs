// program
using Microsoft.Extensions.DependencyInjection;

var builder = WebApplication.CreateBuilder(args);
// block 1

// block 2

app.Run();

// OpenTelemetry's own are not referenced here; samples/Observability is compiled with them.
public static class OpenTelemetryStandIn
{
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services) => new();
}

public sealed class OpenTelemetryBuilder
{
    public OpenTelemetryBuilder WithMetrics(Action<MeterProviderBuilder> configure) => this;

    public OpenTelemetryBuilder WithTracing(Action<TracerProviderBuilder> configure) => this;
}

public sealed class MeterProviderBuilder
{
    public MeterProviderBuilder AddMeter(string name) => this;
}

public sealed class TracerProviderBuilder
{
    public TracerProviderBuilder AddSource(string name) => this;
}
