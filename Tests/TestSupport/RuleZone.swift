package import Clinical

extension SiteZone {
    /// A zone that changes its clocks by a rule as POSIX writes it, such as `CET-1CEST,M3.5.0,M10.5.0/3`, in all years.
    package static func following(rule: String) -> SiteZone? {
        // A TZif file without transitions, whose footer holds all there is.
        func block(version: UInt8) -> [UInt8] {
            Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15 + 16) + [0, 0, 0, 1, 0, 0, 0, 4]
                + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        }
        return SiteZone(name: rule, tzif: block(version: 50) + block(version: 50) + Array("\n\(rule)\n".utf8))
    }
}
