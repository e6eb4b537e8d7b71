import Clinical

extension AlertComposer {
    /// Adds the findings of one event to those of `grade`.
    func write(_ reports: [Report], _ batch: EventBatch, into output: inout FindingBatch) -> Run {
        let start = output.findings.count
        for report in reports {
            if report.findings.isEmpty {
                var record = FindingRecord()
                record.term = pack.terms[report.term].name
                if let first = pack.terms[report.term].gradings.first {
                    record.scale = pack.gradings[first].scaleName
                    record.direction = pack.gradings[first].direction
                }
                record.reason = keep(reasons.reason(report, batch), &output)
                output.findings.append(record)
            }
            for finding in report.findings {
                let grading = pack.gradings[Int(finding.grading)]
                var record = FindingRecord()
                record.term = pack.terms[report.term].name
                record.direction = grading.direction
                record.scale = grading.scaleName
                record.grade = finding.grade
                if finding.possible.rawValue > finding.grade.rawValue { record.possible = finding.possible }
                record.reason = keep(reasons.reason(finding, report, batch), &output)
                if finding.criterion >= 0 { record.criterion = pack.criteria[Int(finding.criterion)].text }
                output.findings.append(record)
            }
        }
        return Run(start: start, count: output.findings.count - start)
    }

    private func keep(_ text: String, _ output: inout FindingBatch) -> Run {
        let start = output.text.count
        output.text += text.utf8
        return Run(start: start, count: output.text.count - start)
    }
}
