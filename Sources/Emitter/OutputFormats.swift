/// The formats that alerts can leave in.
package enum OutputFormats {
    /// Every format, in the order of `--help`; the first is the default.
    package static let all: [any OutputFormat.Type] = [
        NDJSONOutput.self,
        TextOutput.self,
    ]

    /// The format of that name, or nil.
    package static func named(_ name: String) -> (any OutputFormat.Type)? {
        all.first { $0.name == name }
    }
}
