import Clinical
import Testing

@testable import Classifier

struct TruthTests {
    private static let all: [Truth] = [.no, .unknown, .yes]

    @Test func `both, either and neither are Kleene's`() {
        let both: [[Truth]] = [[.no, .no, .no], [.no, .unknown, .unknown], [.no, .unknown, .yes]]
        let either: [[Truth]] = [[.no, .unknown, .yes], [.unknown, .unknown, .yes], [.yes, .yes, .yes]]
        for (row, left) in Self.all.enumerated() {
            for (column, right) in Self.all.enumerated() {
                #expect((left && right) == both[row][column], "\(left) and \(right)")
                #expect((left || right) == either[row][column], "\(left) or \(right)")
            }
        }
        #expect(Self.all.map { !$0 } == [.yes, .unknown, .no])
    }

    /// Values about a bound of 100, and limits well below, below, at, above and well above it.
    @Test(
        arguments: [Comparison.less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater], Comparator.allCases)
    func `a bound says yes where every value it leaves open does, no where none does`(
        comparison: Comparison, comparator: Comparator
    ) {
        let bound = 100
        for limit in [40, 90, 100, 110, 160] {
            let open = (0...200).filter { value in
                switch comparator {
                case .none: value == bound
                case .less: value < bound
                case .lessOrEqual: value <= bound
                case .greater: value > bound
                case .greaterOrEqual: value >= bound
                }
            }
            let holding = open.count { comparison.holds(Self.order($0, limit)) }
            let wanted = holding == open.count ? Truth.yes : holding == 0 ? .no : .unknown
            #expect(comparison.holds(forBound: comparator, Self.order(bound, limit)) == wanted, "limit \(limit)")
        }
    }

    private static func order(_ left: Int, _ right: Int) -> Ordering {
        left < right ? .less : left > right ? .greater : .equal
    }
}
