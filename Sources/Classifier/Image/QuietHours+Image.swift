import Clinical

extension QuietHours.Window: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            from: image.read(), until: image.read(), weekdays: image.read(), severities: image.read(),
            zone: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(from, until, weekdays, severities, zone) }
}
