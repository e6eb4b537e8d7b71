import Clinical

/// Three-valued truth (Kleene): what a criterion can say when a fact is missing.
enum Truth: UInt8, Sendable, BitwiseCopyable {
    case no = 0
    case unknown = 1
    case yes = 2

    @inline(__always) init(_ claim: Bool) { self = claim ? .yes : .no }

    /// True only when both are.
    @inline(__always) static func && (left: Truth, right: Truth) -> Truth {
        left.rawValue < right.rawValue ? left : right
    }

    /// False only when both are.
    @inline(__always) static func || (left: Truth, right: Truth) -> Truth {
        left.rawValue > right.rawValue ? left : right
    }

    @inline(__always) static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }
}

/// How a value is compared with a limit.
enum Comparison: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case less, lessOrEqual, equal, notEqual, greaterOrEqual, greater

    /// The sign as criteria write it.
    var sign: String {
        switch self {
        case .less: "<"
        case .lessOrEqual: "<="
        case .equal: "="
        case .notEqual: "!="
        case .greaterOrEqual: ">="
        case .greater: ">"
        }
    }

    /// Whether it holds for a value that stands so to the limit.
    @inline(__always) func holds(_ ordering: Ordering) -> Bool {
        switch self {
        case .less: ordering == .less
        case .lessOrEqual: ordering != .greater
        case .equal: ordering == .equal
        case .notEqual: ordering != .equal
        case .greaterOrEqual: ordering != .less
        case .greater: ordering == .greater
        }
    }

    /// Whether it holds for all, some or none of the values that a laboratory's bound leaves open.
    ///
    /// - Parameter ordering: how the bound itself stands to the limit.
    func holds(forBound comparator: Comparator, _ ordering: Ordering) -> Truth {
        switch comparator {
        case .none: return Truth(holds(ordering))
        case .less, .lessOrEqual:
            // The values lie below the bound (or at it).
            let reaches = comparator == .lessOrEqual
            let allBelow = ordering == .less || ordering == .equal && !reaches
            let allAtOrBelow = ordering != .greater
            switch self {
            case .less: return allBelow ? .yes : .unknown
            case .lessOrEqual: return allAtOrBelow ? .yes : .unknown
            case .greater: return allAtOrBelow ? .no : .unknown
            case .greaterOrEqual, .equal: return allBelow ? .no : .unknown
            case .notEqual: return allBelow ? .yes : .unknown
            }
        case .greater, .greaterOrEqual:
            let reaches = comparator == .greaterOrEqual
            let allAbove = ordering == .greater || ordering == .equal && !reaches
            let allAtOrAbove = ordering != .less
            switch self {
            case .greater: return allAbove ? .yes : .unknown
            case .greaterOrEqual: return allAtOrAbove ? .yes : .unknown
            case .less: return allAtOrAbove ? .no : .unknown
            case .lessOrEqual, .equal: return allAbove ? .no : .unknown
            case .notEqual: return allAbove ? .yes : .unknown
            }
        }
    }
}
