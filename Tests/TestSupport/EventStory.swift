package import Clinical

/// A batch of events made by hand, as a parser would leave it.
package struct EventStory: Sendable {
    /// The events so far.
    package var batch = EventBatch()

    /// A story with no events yet.
    package init() {}

    /// Adds an event of one patient at one time, and lets `change` make more of it.
    package mutating func add(
        id: String, code: String, time: Moment = AlertStory.morning,
        _ change: (inout EventRecord, inout EventStory) -> Void = { _, _ in }
    ) {
        var event = EventRecord()
        event.line = UInt64(batch.events.count + 1)
        event.id = text(id)
        event.patient = text("P0042")
        event.code = text(code)
        event.time = time
        change(&event, &self)
        batch.events.append(event)
    }

    /// Puts text where decoded text goes.
    package mutating func text(_ text: String) -> TextSpan { batch.keep(text.utf8) }

    /// Puts a number, as written, into the answers and returns its run.
    package mutating func number(_ written: String, attribute: String = "") -> Run {
        answer(attribute) { answer, story in
            answer.number = ExactDecimal(written) ?? .zero
            answer.text = story.text(written)
        }
    }

    /// Puts a label into the answers and returns its run.
    package mutating func label(_ label: String, attribute: String = "") -> Run {
        answer(attribute) { answer, story in
            answer.kind = .text
            answer.text = story.text(label)
        }
    }

    /// Puts yes or no into the answers and returns its run.
    package mutating func bool(_ value: Bool, attribute: String = "") -> Run {
        answer(attribute) { answer, _ in
            answer.kind = .bool
            answer.bool = value
        }
    }

    /// Puts names into the batch and returns their run.
    package mutating func names(_ names: (role: NameRecord.Role, text: String)...) -> Run {
        let start = batch.names.count
        for name in names {
            let span = text(name.text)
            batch.names.append(NameRecord(role: name.role, symbol: .none, text: span))
        }
        return Run(start: start, count: names.count)
    }

    private mutating func answer(
        _ attribute: String, _ fill: (inout AnswerRecord, inout EventStory) -> Void
    ) -> Run {
        var answer = AnswerRecord()
        answer.attributeText = text(attribute)
        fill(&answer, &self)
        batch.answers.append(answer)
        return Run(start: batch.answers.count - 1, count: 1)
    }
}
