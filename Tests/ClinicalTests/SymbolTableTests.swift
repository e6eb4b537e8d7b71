import Clinical
import Testing

struct SymbolTableTests {
    @Test func `several spellings stand for one symbol, whatever their case`() {
        var table = SymbolTable()
        #expect(table.add("U/L", as: Symbol(0)) == nil)
        #expect(table.add("IU/L", as: Symbol(0)) == nil)
        #expect(table.add("mg/dL", as: Symbol(1)) == nil)
        for name in ["U/L", "u/l", "IU/L", "iu/l", "Iu/L"] { #expect(table.symbol(name) == Symbol(0), "\(name)") }
        #expect(table.symbol("MG/DL") == Symbol(1))
        for name in ["U/L ", " iu/l", "\tU/L"] { #expect(table.symbol(name) == Symbol(0), "\(name)") }
        for name in ["", " ", "U", "U /L", "mg", "mg/dLx"] { #expect(table.symbol(name) == nil, "\(name)") }
    }

    @Test func `a spelling that is taken keeps its symbol`() {
        var table = SymbolTable()
        table.add("alt", as: Symbol(1))
        #expect(table.add("alt", as: Symbol(2)) == Symbol(1))
        #expect(table.add("ALT", as: Symbol(2)) == Symbol(1))
        #expect(table.symbol("alt") == Symbol(1))
    }

    @Test func `an exact spelling goes before one that differs in case`() {
        var table = SymbolTable()
        table.add("mEq", as: Symbol(1))
        #expect(table.symbol("MEQ") == Symbol(1))
        #expect(table.symbol("mEq") == Symbol(1))
    }

    @Test func `thousands of names of every length are all found, and no others`() {
        var table = SymbolTable()
        let names = (0..<4000).map { number in "n\(number)" + String(repeating: "x", count: number % 40) }
        for (number, name) in names.enumerated() { table.add(name, as: Symbol(number)) }
        for (number, name) in names.enumerated() {
            #expect(table.symbol(name) == Symbol(number))
            #expect(table.symbol(name + "y") == nil)
            #expect(table.symbol(String(name.dropLast()) + "y") == nil)
        }
        #expect(table.count == 4000)
        #expect(Set(table.spellings) == Set(names))
    }

    @Test func `names of more than 256 bytes are found as they are spelled`() {
        var table = SymbolTable()
        let long = String(repeating: "Long", count: 100)
        table.add(long, as: Symbol(3))
        #expect(table.symbol(long) == Symbol(3))
    }

    @Test func `a name is found inside other text and at its very end`() {
        var table = SymbolTable()
        let names = ["a", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopqrstuvwx"]
        for (number, name) in names.enumerated() { table.add(name, as: Symbol(number)) }
        for (number, name) in names.enumerated() {
            for tail in ["", "z", String(repeating: "z", count: 40)] {
                let bytes = Array(("zz" + name + tail).utf8)
                #expect(
                    table.find(bytes.span.bytes, from: 2, count: name.utf8.count) == Symbol(number), "\(name) \(tail)")
            }
        }
    }
}
