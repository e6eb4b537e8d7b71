import Clinical
import Emitter
import Store

extension SilenceEntry {
    /// What a run says when it is over; it names no patient.
    var ending: String { "a silence is over, act \(number), of \(namelessSubject): it hid \(hiddenWords)" }

    /// What it is about, without the patient's name.
    var namelessSubject: String {
        switch silenced {
        case .patient: "a patient"
        case .rule(let rule): "rule \(rule)"
        }
    }

    /// `1 alert`, `2 alerts`
    var hiddenWords: String { hidden == 1 ? "1 alert" : "\(hidden) alerts" }
}

extension EpisodeTable {
    /// A line for each silence: what it is about, until when, and how many alerts it hid.
    func write(_ silences: [SilenceEntry], at now: Moment, to buffer: inout OutputBuffer) {
        for silence in silences {
            let subject =
                switch silence.silenced {
                case .patient(let patient): "patient \(String(decoding: patient, as: UTF8.self))"
                case .rule(let rule): "rule \(rule)"
                }
            buffer.append(visible: line(silence, about: subject, at: now))
            buffer.append("\n")
        }
    }

    /// `silence of rule grade:fever by A. Nurse until 2026-03-02 13:00 UTC: hid 2 alerts`
    func line(_ silence: SilenceEntry, about subject: String, at now: Moment) -> String {
        let isOver = silence.until.milliseconds <= now.milliseconds
        return "silence of \(subject) by \(silence.by) \(isOver ? "ended" : "until") \(text(silence.until)): "
            + "hid \(silence.hiddenWords)"
    }
}
