namespace NoDeps.Tests.CoreLib;

/// <summary>What a caller outside the assembly sees of one type.</summary>
/// <param name="Name">Full metadata name: <c>System.Span`1</c>, <c>System.Runtime.Intrinsics.X86.Bmi1+X64</c>.</param>
/// <param name="Kind">class, struct, interface, enum or delegate.</param>
/// <param name="Modifiers">static, abstract, sealed; for structs readonly and ref; empty where none applies.</param>
/// <param name="Base">Full name of the base type as written in a signature; null for interfaces and Object.</param>
/// <param name="Interfaces">The interfaces implemented, inherited ones included.</param>
/// <param name="GenericParameters">The constraints of each generic parameter, in order.</param>
/// <param name="Members">The public and protected members declared by this very type.</param>
internal sealed record TypeSurface(
    string Name,
    string Kind,
    string Modifiers,
    string? Base,
    IReadOnlyList<string> Interfaces,
    IReadOnlyList<GenericParameterSurface> GenericParameters,
    IReadOnlyList<MemberSurface> Members);

/// <summary>The constraints of a generic parameter.</summary>
/// <param name="Constraints">Variance, special constraints and constraint types, in a fixed order.</param>
/// <param name="AllowsRefStruct">
/// The anti-constraint <c>allows ref struct</c>; apart from the others because leaving it out narrows what compiles
/// and so breaks no promise.
/// </param>
internal sealed record GenericParameterSurface(string Constraints, bool AllowsRefStruct);

/// <summary>One public or protected member.</summary>
/// <param name="Kind">method, field or property.</param>
/// <param name="Name">The metadata name: <c>get_Length</c>, <c>op_Implicit</c>, <c>.ctor</c>.</param>
/// <param name="Parameters">
/// Generic arity and parameter types, which make an overload; for a conversion the result too. Empty for fields.
/// </param>
/// <param name="Shape">
/// Everything else that must agree: accessibility, static, virtual, readonly, the result's or the field's type,
/// ref/in/out, a constant's value. In words, because a violation prints it.
/// </param>
/// <param name="GenericParameters">The constraints of the method's own generic parameters.</param>
/// <param name="Defaults">The default value of each parameter, null where it has none.</param>
internal sealed record MemberSurface(
    string Kind,
    string Name,
    string Parameters,
    string Shape,
    IReadOnlyList<GenericParameterSurface> GenericParameters,
    IReadOnlyList<string?> Defaults)
{
    /// <summary>What decides whether two members are the same overload.</summary>
    public string Identity => $"{Kind} {Name}{Parameters}";
}
