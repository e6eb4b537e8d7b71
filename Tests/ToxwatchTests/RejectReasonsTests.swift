import TestSupport
import Testing

/// What people are told of a record that cannot be read: something that they can do.
@Suite struct RejectReasonsTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    @Test func `a table that is read as NDJSON is answered with the option that reads it`() throws {
        let told = try place.toxwatch.run("run", input: "patient,time,code,value\n").told
        #expect(told.contains("the line is not a JSON object at byte 1; "))
        #expect(told.contains("; a table is read with --from csv\n"))
    }

    @Test func `a record that is too long is not answered with an option that there is not`() throws {
        let huge = #"{"patient":"P1","text":""# + String(repeating: "x", count: 2 << 20) + "\"}\n"
        let told = try place.toxwatch.run("run", input: huge).told
        #expect(told.contains("the record is longer than 1048576 bytes; shorten it, or split it into several records\n"))
    }

    @Test(arguments: ["31.02.2026 08:00", "5.3.2026 8:00", "2026-03-05T08:00:00Z"])
    func `a time that is not of the source's format is answered with that format`(time: String) throws {
        _ = try place.toxwatch.run("init", "site")
        try place.write(
            """
            sources:
              form:
                patient: who
                time: {column: completed, format: "dd.MM.yyyy HH:mm"}
                zone: Europe/Berlin
                code: {constant: fever}
                value: temperature
            """, to: "site/sources/form.yaml")
        try place.write("who,completed,temperature\nP1,\(time),39\n", to: "form.csv")
        let result = try place.toxwatch.run(
            "run", "--config", "site/toxwatch.yaml", "--source", "form", "form.csv")
        #expect(result.status == 2)
        #expect(
            result.told.contains(
                "'time' is not a valid time in column 'completed'; the source's format is 'dd.MM.yyyy HH:mm'\n"),
            "\(result.told)")
    }
}
