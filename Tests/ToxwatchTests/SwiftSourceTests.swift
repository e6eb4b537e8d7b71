import Testing

/// The reader of Swift files that the house rules lean on.
@Suite struct SwiftSourceTests {
    private func source(_ text: String) -> SwiftSource { SwiftSource(path: "Sources/Room/File.swift", text: text) }

    @Test func `comments, strings and patterns are blanked, interpolated code stays`() {
        let text = ##"""
            let a = "x! \(b! ? "{" : "}") y" // c!
            /* d! /* e! */ f! */ let g = #"h! \(i!) \#(j!)"#
            let k = """
                l! \"""
                """ + m
            let n = #/o!/#
            """##
        #expect(
            source(text).code.map { $0.split(separator: " ").joined(separator: " ") } == [
                "let a = (b! ? : )", "let g = (j!)", "let k =", "", "+ m", "let n =",
            ])
    }

    @Test func `columns stay as they were`() {
        let text = "let a = \"äö\" + b"
        #expect(source(text).code[0].utf8.count == text.utf8.count)
    }

    @Test func `functions are as long as from head to closing brace`() {
        let text = """
            struct A {
                func one() { 1 }
                func two(
                    _ a: () -> Void = {}
                ) -> Int
                where B == C {
                    if x { y }
                }
                init?(z: Int) {
                }
                deinit {
                }
            }
            protocol P {
                func none()
                func next() -> Int
            }
            """
        #expect(
            source(text).functions == [
                .init(line: 2, length: 1), .init(line: 3, length: 6), .init(line: 9, length: 2),
                .init(line: 11, length: 2),
            ])
    }

    @Test func `imports are found behind access and attributes`() {
        let text = "package import Clinical\n@testable import Parser\nimport struct Config.Mark\n// import Emitter"
        #expect(source(text).imports == ["Clinical", "Parser", "Config"])
    }

    @Test func `a package declaration without a comment is found`() {
        let text = """
            /// Said.
            @inlinable
            package struct A {
                package private(set) var b = 1
                package init() {}
                var c = 1
            }
            """
        #expect(source(text).undocumented == ["Sources/Room/File.swift:4: package private(set) var b = 1"])
    }
}
