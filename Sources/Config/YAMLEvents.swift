import CLibYAML

/// libyaml at work on one file: it owns the parser and the bytes, and frees both when it goes.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// Nil when there is no memory for a parser.
    init?(_ bytes: [UInt8]) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        self.parser = parser
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next thing in the file. Not to be asked again after an error or the end.
    mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw YAMLSyntaxError(parser.pointee) }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(event)
    }
}

/// One step of libyaml through a file.
struct YAMLEvent {
    enum Kind {
        case documentStart, end, scalar(String, YAMLQuoting), alias
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
        /// A mere border, such as the beginning of the stream or the end of a document.
        case border
    }

    /// Line and column from 1.
    let line: Int
    let column: Int
    let kind: Kind
    /// The name after `&`, or after `*` for an alias.
    let anchor: String?
    let hasTag: Bool

    fileprivate init(_ event: yaml_event_t) {
        line = event.start_mark.line + 1
        column = event.start_mark.column + 1
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            kind = .scalar(Self.text(scalar.value, scalar.length), YAMLQuoting(scalar.style))
            (anchor, hasTag) = (scalar.anchor.map { Self.name($0) }, scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            (kind, anchor, hasTag) = (.sequenceStart, start.anchor.map { Self.name($0) }, start.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            (kind, anchor, hasTag) = (.mappingStart, start.anchor.map { Self.name($0) }, start.tag != nil)
        case YAML_ALIAS_EVENT:
            (kind, anchor, hasTag) = (.alias, event.data.alias.anchor.map { Self.name($0) }, false)
        case YAML_SEQUENCE_END_EVENT: (kind, anchor, hasTag) = (.sequenceEnd, nil, false)
        case YAML_MAPPING_END_EVENT: (kind, anchor, hasTag) = (.mappingEnd, nil, false)
        case YAML_DOCUMENT_START_EVENT: (kind, anchor, hasTag) = (.documentStart, nil, false)
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: (kind, anchor, hasTag) = (.end, nil, false)
        default: (kind, anchor, hasTag) = (.border, nil, false)
        }
    }

    private static func text(_ value: UnsafeMutablePointer<yaml_char_t>?, _ length: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: value, count: length), as: UTF8.self)
    }

    private static func name(_ value: UnsafeMutablePointer<yaml_char_t>) -> String { String(cString: value) }
}

/// How a scalar was written.
enum YAMLQuoting {
    case plain
    /// In double quotes, where escapes may stand.
    case double
    /// In single quotes or as a block after `|` or `>`.
    case other

    fileprivate init(_ style: yaml_scalar_style_t) {
        self =
            switch style {
            case YAML_PLAIN_SCALAR_STYLE: .plain
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .double
            default: .other
            }
    }
}
