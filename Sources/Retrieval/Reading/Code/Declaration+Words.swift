extension Declaration {
    static let containerWords: Set<String> = [
        "class", "struct", "enum", "protocol", "extension", "actor", "interface", "trait", "impl", "mod", "module",
        "namespace", "object", "record", "union", "type", "defmodule", "contract", "service", "message",
    ]

    static let functionWords: Set<String> = [
        "func", "fn", "def", "defp", "function", "fun", "sub", "proc", "procedure", "macro", "macro_rules", "init",
        "deinit", "subscript", "constructor", "Function", "Sub",
    ]

    static let modifiers: Set<String> = [
        "public", "private", "protected", "internal", "fileprivate", "package", "open", "static", "final", "abstract",
        "override", "virtual", "inline", "async", "export", "default", "declare", "pub", "unsafe", "extern",
        "mutating", "nonmutating", "nonisolated", "indirect", "convenience", "required", "lazy", "sealed", "partial",
        "readonly", "data", "case", "inner", "suspend", "operator", "tailrec", "implicit", "local", "synchronized",
        "native", "noexcept", "constexpr", "consteval", "explicit", "friend", "typedef", "annotation", "companion",
        "external", "distributed", "dynamic", "weak", "infix", "prefix", "postfix", "consuming", "borrowing",
    ]

    static let controlWords: Set<String> = [
        "if", "for", "while", "switch", "return", "catch", "else", "do", "try", "throw", "new", "delete", "sizeof",
        "case", "foreach", "using", "lock", "with", "await", "yield", "typeof", "import", "require", "goto", "assert",
    ]

    static let sqlWords: Set<String> = [
        "table", "view", "function", "procedure", "trigger", "index", "type", "schema", "sequence", "database",
    ]
}
