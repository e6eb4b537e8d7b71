import Clinical
import Config

/// Terms that must keep coming, as the front page tells them.
///
/// ```yaml
/// must_carry:
///   - {term: creatinine, within: 3d}
/// ```
struct MustCarryDefinition: Sendable {
    /// Each term with the minutes within which a report of it must come.
    var terms: [(name: Located<String>, minutes: Int)] = []

    init() {}

    init(_ node: Node, _ mistakes: inout Mistakes) {
        guard let members = node.members else {
            mistakes.add(at: node.mark, "'must_carry' must be a list, found \(node.kind)")
            return
        }
        for member in members {
            guard var section = Section(member, "a term of 'must_carry'", &mistakes) else { continue }
            let name = section.requiredText("term", &mistakes)
            let within = section.requiredText("within", &mistakes)
            section.finish(&mistakes)
            guard let name, let within, let minutes = SharedReader.duration(within, &mistakes)?.minutes else {
                continue
            }
            if minutes == 0 { mistakes.add(at: within.mark, "no report of '\(name.value)' could come within no time") }
            terms.append((name, minutes))
        }
    }
}

/// A term that must keep coming.
struct CarriedTerm: Sendable, Equatable {
    /// As the front page names it: by an alias too.
    var name: String
    /// Its place among the pack's terms.
    var term: Int
    /// Minutes within which a report of it must come.
    var minutes: Int
}

extension CarriedTerm: ImageValue {
    init(from image: inout ImageReader) { self.init(name: image.read(), term: image.read(), minutes: image.read()) }
    func write(to image: inout ImageWriter) { image.write(name, term, minutes) }
}

extension PackCompiler {
    /// Ties the terms that must keep coming to those of the pack.
    mutating func addMustCarry() {
        for (name, minutes) in definition.front.mustCarry.terms {
            guard let term = termNamed(name) else { continue }
            if mustCarry.contains(where: { $0.term == term }) {
                mistakes.add(at: name.mark, "'must_carry' names the term '\(name.value)' twice")
            }
            if mustCarry.count == LastHeard.limit {
                mistakes.add(at: name.mark, "'must_carry' may name \(LastHeard.limit) terms")
                return
            }
            mustCarry.append(CarriedTerm(name: name.value, term: term, minutes: minutes))
        }
    }
}
