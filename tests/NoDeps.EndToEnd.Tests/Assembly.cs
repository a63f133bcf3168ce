using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Every test runs a program of its own that may use all cores: two at a time keep a small machine busy.
[assembly: Xunit.CollectionBehavior(MaxParallelThreads = 2)]
