import Clinical

/// What is remembered of a patient, as it is kept between runs under one pack.
extension PatientMemory: ImageValue {
    init(from image: inout ImageReader) {
        self.init()
        log = image.read()
        settledCount = image.read()
        episodes = image.read()
        hasChanged = image.read()
        time = image.read()
        if image.read() as Bool { hindsight = image.read() }
        watchedTerms = Self.watchedTerms(episodes)
    }

    /// Writes all but what folding the log again tells.
    func write(to image: inout ImageWriter) {
        var kept = self
        kept.letGo()
        image.write(kept.log, kept.settledCount, kept.episodes, kept.hasChanged, kept.time, kept.hasHindsight)
        if kept.hasHindsight { image.write(kept.hindsight) }
    }
}

extension ReportLog: ImageValue {
    init(from image: inout ImageReader) {
        self.init()
        block = image.rawBytes()
        (number, given, spare) = (image.read(), image.read(), image.read())
    }

    func write(to image: inout ImageWriter) {
        image.write(bytes: block)
        image.write(number, given, spare)
    }
}

extension Hindsight: ImageValue {
    init(from image: inout ImageReader) {
        self.init()
        base = image.read()
        checkpoints = image.read()
        issued = image.read()
        replaced = image.read()
        unread = image.read()
        recalledFrom = image.read()
        pinnedCount = image.read()
    }

    func write(to image: inout ImageWriter) {
        image.write(base, checkpoints, issued, replaced, unread, recalledFrom, pinnedCount)
    }
}

extension Hindsight.Checkpoint: ImageValue {
    init(from image: inout ImageReader) {
        self.init(place: image.read(), episodes: image.read(), issued: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(place, episodes, issued) }
}

extension Hindsight.Replaced: ImageValue {
    init(from image: inout ImageReader) { self.init(place: image.read(), alert: image.read(), told: image.read()) }
    func write(to image: inout ImageWriter) { image.write(place, alert, told) }
}

extension IssuedAlert: ImageValue {
    init(from image: inout ImageReader) {
        var record = AlertRecord()
        record.alertID = image.read()
        let told: StableID = image.read()
        record.episodeID = image.read()
        record.concern = image.read()
        record.rule = image.read()
        record.term = image.read()
        record.therapy = image.read()
        record.transition = image.read(orElse: .opened)
        record.severity = image.read()
        record.grade = image.read()
        record.scale = image.read()
        record.direction = image.read()
        record.time = image.read()
        self.init(record)
        self.told = told
    }

    func write(to image: inout ImageWriter) {
        image.write(alert, told, episode, concern, rule, term, therapy, transition.rawValue, severity, grade, scale)
        image.write(direction, time)
    }
}

extension Episode: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            id: image.read(), spoke: image.read(), leading: image.read(), severity: image.read(),
            concern: image.read(), earlier: image.read(), standings: StandingList())
        for standing in image.read() as [Standing] { standings.append(standing) }
    }

    func write(to image: inout ImageWriter) {
        image.write(id, spoke, leading, severity, concern, earlier, Array(standings))
    }
}

extension Episode.Told: ImageValue {
    init(from image: inout ImageReader) {
        self.init(subject: Subject(number: image.read()), grade: image.read(), time: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(subject.number, grade, time) }
}

extension Episode.Standing: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            key: image.read(), severity: image.read(), grade: image.read(), grading: image.read(), terms: .none)
        for term in image.read() as [Int32] { terms.insert(term) }
    }
    func write(to image: inout ImageWriter) { image.write(key, severity, grade, grading, terms.all) }
}

extension TimeMemory: ImageValue {
    init(from image: inout ImageReader) {
        self.init(marks: image.read(), heard: image.read(), feed: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(marks, heard, feed) }
}

extension TimeMark: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            kind: image.read(orElse: .stale), concern: image.read(), rule: image.read(), severity: image.read(),
            episode: image.read(), deadline: image.read(), since: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(kind.rawValue, concern, rule, severity, episode, deadline, since)
    }
}
