using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace MeanField.Tests.Architecture;

/// <summary>Prints everything a user of an assembly can name, and compares it with a reviewed text file.</summary>
internal static class PublicSurface
{
    public const string UpdateVariable = "MEANFIELD_UPDATE_SURFACE";

    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>Compares an assembly with its reviewed file; with the update variable set to 1, rewrites the file.</summary>
    public static void Check(string assembly, string reviewedFile)
    {
        string path = RepositoryRoot.Combine(reviewedFile);
        string[] actual = Print(Assembly.Load(assembly).GetExportedTypes());
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
            return;
        }

        string[] reviewed = File.Exists(path) ? File.ReadAllLines(path) : [];
        Assert.True(actual.SequenceEqual(reviewed, StringComparer.Ordinal), Difference(reviewed, actual, reviewedFile));
    }

    /// <summary>One line per type and one indented line per member, both in ordinal order.</summary>
    public static string[] Print(IEnumerable<Type> types)
    {
        var lines = new List<string>();
        foreach (Type type in types.OrderBy(FullName, StringComparer.Ordinal))
        {
            lines.Add(TypeHeader(type));
            lines.AddRange(
                Members(type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(m => "    " + m)
            );
        }

        return [.. lines];
    }

    private static string Difference(string[] reviewed, string[] actual, string file)
    {
        const int Shown = 12;
        string[] removed = reviewed.Except(actual, StringComparer.Ordinal).ToArray();
        string[] added = actual.Except(reviewed, StringComparer.Ordinal).ToArray();
        int at = reviewed.Zip(actual).TakeWhile(p => p.First == p.Second).Count();
        IEnumerable<string> changes = removed.Select(l => "- " + l).Concat(added.Select(l => "+ " + l)).Take(Shown);
        return $"The public surface differs from {file}, first at line {at + 1} "
            + $"({removed.Length} lines gone, {added.Length} new):\n{string.Join('\n', changes)}\n"
            + $"If this is meant, run the tests with {UpdateVariable}=1 to rewrite the file, and review the diff.";
    }

    private static string TypeHeader(Type type)
    {
        MethodInfo? invoke = typeof(Delegate).IsAssignableFrom(type) ? type.GetMethod("Invoke") : null;
        if (invoke is not null)
        {
            return $"delegate {Name(invoke.ReturnType)} {FullName(type)}({Parameters(invoke)})";
        }

        IEnumerable<Type> bases =
            type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? [] : [type.BaseType];
        bases = bases.Concat(
            type.GetInterfaces().Where(i => i.IsVisible && !type.IsEnum).OrderBy(Name, StringComparer.Ordinal)
        );
        string list = string.Join(", ", type.IsEnum ? [Name(Enum.GetUnderlyingType(type))] : bases.Select(Name));
        return $"{Kind(type)} {FullName(type)}{(list.Length > 0 ? " : " + list : "")}{Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsValueType)
        {
            string byRef = type.IsByRefLike ? "ref " : "";
            return type.IsDefined(typeof(IsReadOnlyAttribute), false) ? $"readonly {byRef}struct" : $"{byRef}struct";
        }

        string modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return modifier + "class";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} = {f.GetRawConstantValue()}"));
        }

        IEnumerable<string> constructors = type.GetConstructors(Declared)
            .Where(c => IsVisible(c) && !c.IsStatic)
            .Select(c => $"{Access(c)}constructor({Parameters(c)})");
        IEnumerable<string> methods = type.GetMethods(Declared)
            .Where(m => IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)))
            .Where(m => !m.Name.StartsWith('<'))
            .Select(Method);
        IEnumerable<string> properties = type.GetProperties(Declared).Select(Property).OfType<string>();
        IEnumerable<string> fields = type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(Field);
        IEnumerable<string> events = type.GetEvents(Declared)
            .Where(e => e.AddMethod is { } add && IsVisible(add))
            .Select(e => $"event {Name(e.EventHandlerType!)} {e.Name}");
        return [.. constructors, .. methods, .. properties, .. fields, .. events];
    }

    private static string Method(MethodInfo m)
    {
        string generic = m.IsGenericMethod ? $"<{string.Join(", ", m.GetGenericArguments().Select(Name))}>" : "";
        string constraints = m.IsGenericMethod ? Constraints(m.GetGenericArguments()) : "";
        string extension = m.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return $"{Access(m)}{Modifier(m)}{Name(m.ReturnType)} {m.Name}{generic}({extension}{Parameters(m)}){constraints}";
    }

    private static string? Property(PropertyInfo p)
    {
        MethodInfo? get = p.GetMethod is { } g && IsVisible(g) ? g : null;
        MethodInfo? set = p.SetMethod is { } s && IsVisible(s) ? s : null;
        if ((get ?? set) is not { } shown)
        {
            return null;
        }

        bool init = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        string required = p.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        string index = p.GetIndexParameters() is { Length: > 0 } i ? $"[{string.Join(", ", i.Select(Parameter))}]" : "";
        string access = (get is null ? "" : " get;") + (set is null ? "" : $" {Access(set)}{(init ? "init" : "set")};");
        return $"{Access(shown)}{required}{Modifier(shown)}{Name(p.PropertyType)} {p.Name}{index} {{{access} }}";
    }

    private static string Field(FieldInfo f)
    {
        string modifier = (f.IsLiteral, f.IsStatic, f.IsInitOnly) switch
        {
            (true, _, _) => "const ",
            (_, true, true) => "static readonly ",
            (_, true, false) => "static ",
            (_, false, true) => "readonly ",
            _ => "",
        };
        string value = f.IsLiteral ? " = " + Literal(f.GetRawConstantValue()) : "";
        return $"{(f.IsFamily ? "protected " : "")}{modifier}{Name(f.FieldType)} {f.Name}{value}";
    }

    private static bool IsVisible(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Access(MethodBase m) => m.IsPublic ? "" : "protected ";

    private static string Modifier(MethodInfo m)
    {
        string text = m.IsStatic ? "static " : "";
        if (m.DeclaringType!.IsInterface)
        {
            return text + (m.IsAbstract ? "" : "default ");
        }

        bool isOverride = m.GetBaseDefinition() != m;
        return text
            + (m.IsAbstract ? "abstract " : "")
            + (isOverride ? "override " : "")
            + (m.IsVirtual && !m.IsFinal && !m.IsAbstract && !isOverride ? "virtual " : "");
    }

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p)
    {
        string passing = "";
        if (p.ParameterType.IsByRef)
        {
            passing = (p.IsOut, p.IsIn) switch
            {
                (true, _) => "out ",
                (_, true) => "in ",
                _ => "ref ",
            };
        }

        string spread = p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        string value = p.HasDefaultValue ? " = " + Literal(p.RawDefaultValue) : "";
        Type type = p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType;
        return $"{spread}{passing}{Name(type)} {p.Name}{value}";
    }

    private static string Literal(object? value) =>
        value switch
        {
            null => "default",
            string s => $"\"{s}\"",
            bool b => b ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string Constraints(Type[] arguments)
    {
        var text = new StringBuilder();
        foreach (Type argument in arguments.Where(a => a.IsGenericParameter))
        {
            GenericParameterAttributes flags = argument.GenericParameterAttributes;
            var parts = new List<string>();
            if (flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            {
                parts.Add("struct");
            }
            else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                parts.Add("class");
            }

            parts.AddRange(
                argument
                    .GetGenericParameterConstraints()
                    .Where(c => c != typeof(ValueType))
                    .Select(Name)
                    .Order(StringComparer.Ordinal)
            );
            if (parts.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" where {argument.Name} : {string.Join(", ", parts)}");
            }
        }

        return text.ToString();
    }

    private static string FullName(Type type)
    {
        string prefix = type.DeclaringType is { } outer ? FullName(outer) : type.Namespace ?? "";
        return prefix.Length > 0 ? $"{prefix}.{Name(type)}" : Name(type);
    }

    /// <summary>A type as C# writes it, without its namespace.</summary>
    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Name(type.GetElementType()!) + "*";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsGenericType)
        {
            int inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
            string[] own = type.GetGenericArguments().Skip(inherited).Select(Name).ToArray();
            string bare = type.Name.Split('`')[0];
            return own.Length > 0 ? $"{bare}<{string.Join(", ", own)}>" : bare;
        }

        return Keyword(type) ?? type.Name;
    }

    private static string? Keyword(Type type) =>
        type.IsEnum
            ? null
            : Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => "bool",
                TypeCode.Byte => "byte",
                TypeCode.Char => "char",
                TypeCode.Double => "double",
                TypeCode.Int32 => "int",
                TypeCode.UInt32 => "uint",
                TypeCode.Int64 => "long",
                TypeCode.UInt64 => "ulong",
                TypeCode.String => "string",
                _ when type == typeof(object) => "object",
                _ when type == typeof(void) => "void",
                _ => null,
            };
}
