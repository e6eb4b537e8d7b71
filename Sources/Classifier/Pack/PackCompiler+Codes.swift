import Clinical
import Config

extension PackCompiler {
    /// Every name by which a feed may call a term or one of its questions.
    mutating func addCodes() {
        for definition in definition.terms {
            guard let term = termIndex[definition.name.value] else { continue }
            for name in [definition.name] + definition.aliases {
                bind(name, to: term, slot: terms[term].defaultSlot, sharing: false)
            }
            for (code, attribute) in definition.codes {
                guard let attribute else {
                    bind(code, to: term, slot: terms[term].defaultSlot, sharing: false)
                    continue
                }
                guard let symbol = vocabulary.attributes.symbol(attribute.value),
                    let slot = terms[term].slot(of: symbol)
                else {
                    let known = terms[term].slots.map { catalogue[$0.name] }
                    mistakes.addUnknown("attribute", attribute.value, known: known, at: attribute.mark)
                    continue
                }
                bind(code, to: term, slot: slot, sharing: true)
            }
        }
        for (target, codes) in definition.codes {
            let parts = target.value.split(separator: ".", maxSplits: 1).map(String.init)
            guard let first = parts.first, let term = termNamed(Located(first, at: target.mark)) else { continue }
            var slot = terms[term].defaultSlot
            if parts.count == 2 {
                guard let symbol = vocabulary.attributes.symbol(parts[1]), let found = terms[term].slot(of: symbol)
                else {
                    let known = terms[term].slots.map { catalogue[$0.name] }
                    mistakes.addUnknown("attribute", parts[1], known: known, at: target.mark)
                    continue
                }
                slot = found
            }
            for code in codes { bind(code, to: term, slot: slot, sharing: parts.count == 2) }
        }
    }

    /// Binds a code to a term's question. A code may answer questions of several terms, but name only one term.
    mutating func bind(_ code: Located<String>, to term: Int, slot: UInt8, sharing: Bool) {
        let binding = CodeBinding(term: Int32(term), slot: slot, namesQuestion: sharing)
        guard let symbol = vocabulary.codes.symbol(code.value) else {
            vocabulary.codes.add(code.value, as: Symbol(bindings.count))
            bindings.append([binding])
            codes.append(code)
            return
        }
        if bindings[symbol.index].contains(where: { $0.term == binding.term }) { return }
        guard sharing else {
            let other = catalogue[terms[Int(bindings[symbol.index][0].term)].name]
            let first = codes[symbol.index]
            let place = first.value == code.value ? " at \(first.mark.file):\(first.mark.line)" : ""
            mistakes.add(
                at: code.mark, "code '\(code.value)' stands for two terms", help: "it stands for '\(other)'\(place)")
            return
        }
        bindings[symbol.index].append(binding)
    }
}
