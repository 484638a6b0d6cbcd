global using TypedSockets.Integration.Tests;
global using Xunit;
