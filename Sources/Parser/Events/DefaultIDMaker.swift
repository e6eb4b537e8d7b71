import Clinical
import Digest

/// Makes an id for a report that has none, from everything it says save its source and free text.
///
/// The same report gives the same id in every input format: members stand in a fixed order, numbers without trailing
/// zeros, times as instants, answers by the name of their attribute.
struct DefaultIDMaker: Sendable {
    private let hash = KeyedHash()
    private var form: [UInt8] = []

    init() {}

    /// The id of the event that `builder` holds.
    mutating func id(of builder: borrowing EventBuilder, _ bytes: RawSpan) -> StableID {
        form.removeAll(keepingCapacity: true)
        let event = builder.event
        add(event.patient, bytes, builder.batch)
        add(event.time)
        add(event.code, bytes, builder.batch)
        add(event.unit, bytes, builder.batch)
        addAnswers(event.answers, bytes, builder.batch)
        for number in [event.low, event.high, event.baseline] { add(number) }
        for part in [EventRecord.Presence.low, .high, .baseline, .test, .answers] {
            form.append(event.has.contains(part) ? 1 : 0)
        }
        for word in [event.status.name, event.comparator.sign, event.flag.name, event.baselineFlag.name] {
            add(UInt64(word.utf8.count), bytes: 1)
            form += word.utf8
        }
        add(event.lastDose)
        add(event.started)
        let lists = builder.lists
        for list in [lists.therapies, lists.agents, lists.modifiers, lists.qualifiers] {
            add(list, bytes, builder.batch)
        }
        let (high, low) = hash.hash(form)
        return StableID(high: high, low: low)
    }

    private mutating func addAnswers(_ run: Run, _ bytes: RawSpan, _ batch: EventBatch) {
        add(UInt64(run.count), bytes: 4)
        var parts: [[UInt8]] = []
        for index in run.range {
            let answer = batch.answers[index]
            let start = form.count
            add(answer.attributeText, bytes, batch)
            form.append(answer.kind.rawValue)
            switch answer.kind {
            case .number: add(answer.number)
            case .bool: form.append(answer.bool ? 1 : 0)
            case .text: add(answer.text, bytes, batch)
            }
            if run.count > 1 {
                parts.append(Array(form[start...]))
                form.removeSubrange(start...)
            }
        }
        for part in parts.sorted(by: { $0.lexicographicallyPrecedes($1) }) { form += part }
    }

    private mutating func add(_ names: Run, _ bytes: RawSpan, _ batch: EventBatch) {
        add(UInt64(names.count), bytes: 4)
        for index in names.range { add(batch.names[index].text, bytes, batch) }
    }

    private mutating func add(_ span: TextSpan, _ bytes: RawSpan, _ batch: EventBatch) {
        add(UInt64(span.count), bytes: 4)
        let range = span.offset..<span.offset + Int(span.count)
        if span.isDecoded {
            form += batch.decoded[range]
        } else {
            for index in range { form.append(bytes.byte(index)) }
        }
    }

    private mutating func add(_ moment: Moment) {
        add(UInt64(bitPattern: moment.milliseconds), bytes: 8)
        form.append(moment.isDate ? 1 : 0)
    }

    private mutating func add(_ number: ExactDecimal) {
        let normal = number.normalized
        add(UInt64(bitPattern: normal.mantissa), bytes: 8)
        add(UInt64(UInt16(bitPattern: normal.exponent)), bytes: 2)
    }

    private mutating func add(_ word: UInt64, bytes count: Int) {
        for shift in 0..<count { form.append(UInt8(truncatingIfNeeded: word &>> UInt64(shift * 8))) }
    }
}
