namespace NoDeps.Tests.CoreLib;

/// <summary>
/// The first law of the core library: a public type or member of it exists in .NET with the same declaration, or it
/// does not exist. What compiles against it then compiles against .NET, and means the same there.
/// </summary>
internal static class SurfaceLaw
{
    /// <summary>Every breach, a sentence each, in the order of type names; empty when the law is kept.</summary>
    /// <param name="ours">The core library, together with the program if that is one assembly with it.</param>
    /// <param name="dotnet">The reference assemblies.</param>
    public static List<string> Breaches(SurfaceReader ours, SurfaceReader dotnet)
    {
        var breaches = new List<string>();
        foreach (string name in ours.Names.Where(IsCoreLibrary).Order(StringComparer.Ordinal))
        {
            if (dotnet.Find(name) is { } theirs)
            {
                Compare(ours.Find(name)!, theirs, ours, dotnet, breaches);
            }
            else
            {
                breaches.Add($"{name}: public, but .NET has no such public type; make it internal");
            }
        }
        return breaches;
    }

    /// <summary>The program's own namespaces share the assembly with the core library but not the law.</summary>
    public static bool IsCoreLibrary(string typeName) => !typeName.StartsWith("NoDeps.", StringComparison.Ordinal);

    private static void Compare(TypeSurface mine, TypeSurface theirs, SurfaceReader ours, SurfaceReader dotnet,
        List<string> breaches)
    {
        void Same(string what, string here, string there)
        {
            if (here != there)
            {
                breaches.Add($"{mine.Name}: {what} '{here}', .NET has '{there}'");
            }
        }
        Same("kind", mine.Kind, theirs.Kind);
        if (mine.Kind != theirs.Kind)
        {
            return;
        }
        Same("modifiers", mine.Modifiers, theirs.Modifiers);
        Same("base type", mine.Base ?? "none", NearestBase(theirs, ours, dotnet) ?? "none");
        foreach (string implemented in mine.Interfaces.Where(i => dotnet.Find(Definition(i)) is not null))
        {
            if (!theirs.Interfaces.Contains(implemented))
            {
                breaches.Add($"{mine.Name}: implements {implemented}, which .NET's does not");
            }
        }
        CompareConstraints(mine.Name, mine.GenericParameters, theirs.GenericParameters, breaches);
        foreach (MemberSurface member in mine.Members)
        {
            CompareMember(mine.Name, member, theirs, dotnet, breaches);
        }
    }

    private static void CompareMember(string type, MemberSurface mine, TypeSurface theirs, SurfaceReader dotnet,
        List<string> breaches)
    {
        string where = $"{type}: {mine.Identity}";
        if (Find(theirs, mine, dotnet) is not { } counterpart)
        {
            string[] namesakes = [.. theirs.Members.Where(m => m.Name == mine.Name).Select(m => m.Identity)];
            breaches.Add($"{where}: .NET has no such member" + (namesakes.Length == 0
                ? "" : $"; it has {string.Join("; ", namesakes)}"));
            return;
        }
        if (mine.Shape != counterpart.Shape)
        {
            breaches.Add($"{where}: '{mine.Shape}', .NET has '{counterpart.Shape}'");
        }
        CompareConstraints(where, mine.GenericParameters, counterpart.GenericParameters, breaches);
        for (int i = 0; i < mine.Defaults.Count; i++)
        {
            if (mine.Defaults[i] is { } value && value != counterpart.Defaults[i])
            {
                breaches.Add($"{where}: parameter {i} defaults to {value}, in .NET "
                    + (counterpart.Defaults[i] is { } other ? $"to {other}" : "it has no default"));
            }
        }
    }

    /// <summary>The same overload on the type itself or, unless it is a constructor, on a base type.</summary>
    private static MemberSurface? Find(TypeSurface type, MemberSurface wanted, SurfaceReader dotnet)
    {
        for (TypeSurface? level = type; level is not null;
             level = level.Base is null || wanted.Name == ".ctor" ? null : dotnet.Find(Definition(level.Base)))
        {
            if (level.Members.FirstOrDefault(member => member.Identity == wanted.Identity) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    /// <summary>.NET's base type, or the nearest one above it that the core library declares too.</summary>
    private static string? NearestBase(TypeSurface theirs, SurfaceReader ours, SurfaceReader dotnet)
    {
        string? name = theirs.Base;
        while (name is not null && !IsRoot(name) && ours.Find(Definition(name)) is null)
        {
            name = dotnet.Find(Definition(name))?.Base;
        }
        return name;
    }

    /// <summary>The types that the compiler itself derives from, in every core library.</summary>
    private static bool IsRoot(string name) =>
        name is "System.Object" or "System.ValueType" or "System.Enum" or "System.MulticastDelegate";

    private static void CompareConstraints(string where, IReadOnlyList<GenericParameterSurface> mine,
        IReadOnlyList<GenericParameterSurface> theirs, List<string> breaches)
    {
        for (int i = 0; i < Math.Min(mine.Count, theirs.Count); i++)
        {
            if (mine[i].Constraints != theirs[i].Constraints)
            {
                breaches.Add($"{where}: generic parameter {i} is constrained '{mine[i].Constraints}', "
                    + $"in .NET '{theirs[i].Constraints}'");
            }
            if (mine[i].AllowsRefStruct && !theirs[i].AllowsRefStruct)
            {
                breaches.Add($"{where}: generic parameter {i} allows ref structs, in .NET it does not");
            }
        }
    }

    /// <summary>The generic definition of a type as a signature writes it: what stands before the arguments.</summary>
    private static string Definition(string signatureName) => signatureName.Split('<')[0];
}
