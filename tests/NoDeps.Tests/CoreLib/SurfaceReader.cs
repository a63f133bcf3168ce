using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NoDeps.Tests.CoreLib;

/// <summary>
/// The visible types of a set of assemblies, read from metadata without loading them: a core library cannot be loaded
/// beside the one that runs the test. Types are indexed at once and described when asked for.
/// </summary>
internal sealed class SurfaceReader : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly Dictionary<string, (MetadataReader Reader, TypeDefinitionHandle Handle)> _index = [];
    private readonly Dictionary<string, TypeSurface> _described = [];

    public SurfaceReader(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            var file = new PEReader(File.OpenRead(path));
            _files.Add(file);
            if (!file.HasMetadata)
            {
                continue;
            }
            MetadataReader reader = file.GetMetadataReader();
            foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
            {
                if (IsVisible(reader, handle))
                {
                    _index.TryAdd(SignatureNames.Instance.GetTypeFromDefinition(reader, handle, 0), (reader, handle));
                }
            }
        }
    }

    /// <summary>The full names of all visible types.</summary>
    public IEnumerable<string> Names => _index.Keys;

    /// <summary>The type of that full name, or null where there is no visible one.</summary>
    public TypeSurface? Find(string name)
    {
        if (_described.TryGetValue(name, out TypeSurface? known))
        {
            return known;
        }
        return _index.TryGetValue(name, out var place)
            ? _described[name] = Describe(place.Reader, place.Handle, name)
            : null;
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static TypeSurface Describe(MetadataReader reader, TypeDefinitionHandle handle, string name)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string? parent = SignatureNames.Instance.Of(reader, type.BaseType);
        string kind = KindOf(type, name, parent);
        bool readOnly = Has(reader, type.GetCustomAttributes(), "System.Runtime.CompilerServices.IsReadOnlyAttribute");
        var modifiers = new List<string>();
        if (kind == "class")
        {
            bool isAbstract = type.Attributes.HasFlag(TypeAttributes.Abstract);
            bool isSealed = type.Attributes.HasFlag(TypeAttributes.Sealed);
            modifiers.Add(isAbstract && isSealed ? "static" : isAbstract ? "abstract" : isSealed ? "sealed" : "");
        }
        else if (kind == "struct")
        {
            modifiers.Add(readOnly ? "readonly" : "");
            modifiers.Add(Has(reader, type.GetCustomAttributes(),
                "System.Runtime.CompilerServices.IsByRefLikeAttribute") ? "ref" : "");
        }
        var members = new List<MemberSurface>();
        foreach (MethodDefinitionHandle method in type.GetMethods())
        {
            if (AccessOf(reader.GetMethodDefinition(method).Attributes) is { } access)
            {
                members.Add(DescribeMethod(reader, method, access, kind, readOnly));
            }
        }
        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            if (AccessOf((MethodAttributes)(int)reader.GetFieldDefinition(field).Attributes) is { } access)
            {
                members.Add(DescribeField(reader, field, access));
            }
        }
        foreach (PropertyDefinitionHandle property in type.GetProperties())
        {
            if (DescribeProperty(reader, property) is { } member)
            {
                members.Add(member);
            }
        }
        return new TypeSurface(name, kind, string.Join(" ", modifiers.Where(word => word.Length > 0)), parent,
            [.. type.GetInterfaceImplementations().Select(implementation =>
                SignatureNames.Instance.Of(reader, reader.GetInterfaceImplementation(implementation).Interface)!)],
            Constraints(reader, type.GetGenericParameters()), members);
    }

    private static string KindOf(TypeDefinition type, string name, string? parent) =>
        type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface"
        : parent == "System.Enum" ? "enum"
        : parent == "System.ValueType" && name != "System.Enum" ? "struct"
        : parent == "System.MulticastDelegate" ? "delegate"
        : "class";

    private static MemberSurface DescribeMethod(MetadataReader reader, MethodDefinitionHandle handle, string access,
        string typeKind, bool typeIsReadOnly)
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        string name = reader.GetString(method.Name);
        MethodSignature<string> signature = method.DecodeSignature(SignatureNames.Instance, null);
        var passing = new string[signature.ParameterTypes.Length];
        var defaults = new string?[signature.ParameterTypes.Length];
        for (int i = 0; i < passing.Length; i++)
        {
            passing[i] = signature.ParameterTypes[i].EndsWith('&') ? "ref" : "";
        }
        foreach (ParameterHandle parameterHandle in method.GetParameters())
        {
            Parameter parameter = reader.GetParameter(parameterHandle);
            if (parameter.SequenceNumber == 0)
            {
                continue; // the result; a readonly reference shows as modreq in the signature
            }
            int at = parameter.SequenceNumber - 1;
            CustomAttributeHandleCollection attributes = parameter.GetCustomAttributes();
            if (passing[at].Length > 0)
            {
                passing[at] = parameter.Attributes.HasFlag(ParameterAttributes.Out) ? "out"
                    : Has(reader, attributes, "System.Runtime.CompilerServices.IsReadOnlyAttribute") ? "in"
                    : Has(reader, attributes, "System.Runtime.CompilerServices.RequiresLocationAttribute")
                        ? "ref readonly" : "ref";
            }
            else if (Has(reader, attributes, "System.ParamArrayAttribute"))
            {
                passing[at] = "params";
            }
            defaults[at] = parameter.Attributes.HasFlag(ParameterAttributes.HasDefault)
                ? Constant(reader, parameter.GetDefaultValue()) : null;
        }
        bool isStatic = method.Attributes.HasFlag(MethodAttributes.Static);
        bool isVirtual = method.Attributes.HasFlag(MethodAttributes.Virtual)
            && !method.Attributes.HasFlag(MethodAttributes.Final) && typeKind is "class" or "interface";
        bool isReadOnly = typeKind == "struct" && !isStatic && name != ".ctor" && (typeIsReadOnly
            || Has(reader, method.GetCustomAttributes(), "System.Runtime.CompilerServices.IsReadOnlyAttribute"));
        string[] words =
        [
            access,
            isStatic ? "static" : "",
            isVirtual ? method.Attributes.HasFlag(MethodAttributes.Abstract) ? "abstract" : "virtual" : "",
            isReadOnly ? "readonly" : "",
            $"returns {signature.ReturnType}",
            passing.Any(word => word.Length > 0)
                ? $"passing ({string.Join(", ", passing.Select(word => word.Length > 0 ? word : "value"))})" : "",
        ];
        string arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
        string conversion = name is "op_Implicit" or "op_Explicit" or "op_CheckedExplicit"
            ? $" to {signature.ReturnType}" : "";
        return new MemberSurface("method", name,
            $"{arity}({string.Join(", ", signature.ParameterTypes)}){conversion}",
            string.Join(" ", words.Where(word => word.Length > 0)),
            Constraints(reader, method.GetGenericParameters()), defaults);
    }

    private static MemberSurface DescribeField(MetadataReader reader, FieldDefinitionHandle handle, string access)
    {
        FieldDefinition field = reader.GetFieldDefinition(handle);
        string type = field.DecodeSignature(SignatureNames.Instance, null);
        string shape = field.Attributes.HasFlag(FieldAttributes.Literal)
            ? $"{access} const {type} = {Constant(reader, field.GetDefaultValue())}"
            : access + (field.Attributes.HasFlag(FieldAttributes.Static) ? " static" : "")
                + (field.Attributes.HasFlag(FieldAttributes.InitOnly) ? " readonly " : " ") + type;
        return new MemberSurface("field", reader.GetString(field.Name), "", shape, [], []);
    }

    /// <summary>The property as such; its accessors are methods of their own and compared as methods.</summary>
    private static MemberSurface? DescribeProperty(MetadataReader reader, PropertyDefinitionHandle handle)
    {
        PropertyDefinition property = reader.GetPropertyDefinition(handle);
        PropertyAccessors accessors = property.GetAccessors();
        bool visible = new[] { accessors.Getter, accessors.Setter }.Any(accessor =>
            !accessor.IsNil && AccessOf(reader.GetMethodDefinition(accessor).Attributes) is not null);
        if (!visible)
        {
            return null;
        }
        MethodSignature<string> signature = property.DecodeSignature(SignatureNames.Instance, null);
        string parameters = signature.ParameterTypes.IsEmpty ? "" : $"[{string.Join(", ", signature.ParameterTypes)}]";
        return new MemberSurface("property", reader.GetString(property.Name), parameters,
            (signature.Header.IsInstance ? "" : "static ") + signature.ReturnType, [], []);
    }

    private static string? AccessOf(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) switch
        {
            MethodAttributes.Public => "public",
            MethodAttributes.Family or MethodAttributes.FamORAssem => "protected",
            _ => null,
        };

    private static List<GenericParameterSurface> Constraints(MetadataReader reader,
        GenericParameterHandleCollection handles)
    {
        var result = new List<GenericParameterSurface>();
        foreach (GenericParameterHandle handle in handles)
        {
            GenericParameter parameter = reader.GetGenericParameter(handle);
            GenericParameterAttributes flags = parameter.Attributes;
            bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            var words = new List<string>();
            words.Add(flags.HasFlag(GenericParameterAttributes.Covariant) ? "covariant" : "");
            words.Add(flags.HasFlag(GenericParameterAttributes.Contravariant) ? "contravariant" : "");
            words.Add(flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "");
            words.Add(isStruct ? "struct" : "");
            words.Add(!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)
                ? "new()" : "");
            words.AddRange(parameter.GetConstraints()
                .Select(c => SignatureNames.Instance.Of(reader, reader.GetGenericParameterConstraint(c).Type)!)
                .Where(type => type != "System.ValueType")
                .Order(StringComparer.Ordinal));
            result.Add(new GenericParameterSurface(string.Join(" ", words.Where(word => word.Length > 0)),
                flags.HasFlag(GenericParameterAttributes.AllowByRefLike)));
        }
        return result;
    }

    private static string Constant(MetadataReader reader, ConstantHandle handle)
    {
        Constant constant = reader.GetConstant(handle);
        object? value = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return value switch
        {
            null => "null",
            float number => $"0x{BitConverter.SingleToUInt32Bits(number):x8} ({number.ToString("R", Invariant)})",
            double number => $"0x{BitConverter.DoubleToUInt64Bits(number):x16} ({number.ToString("R", Invariant)})",
            string text => $"\"{text}\"",
            IFormattable number => number.ToString(null, Invariant),
            _ => value.ToString()!,
        };
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static bool Has(MetadataReader reader, CustomAttributeHandleCollection attributes, string name)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            EntityHandle constructor = reader.GetCustomAttribute(handle).Constructor;
            EntityHandle owner = constructor.Kind == HandleKind.MethodDefinition
                ? reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
                : reader.GetMemberReference((MemberReferenceHandle)constructor).Parent;
            if (SignatureNames.Instance.Of(reader, owner) == name)
            {
                return true;
            }
        }
        return false;
    }
}
