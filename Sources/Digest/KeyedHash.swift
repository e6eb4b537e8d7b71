import CSodium

/// SipHash-2-4 with 128 bits of result: the hash behind ids that are written down.
///
/// Under the public key it gives stable ids; under a secret key, ids that only its holder can make.
package struct KeyedHash: Sendable {
    private let key: (UInt64, UInt64)

    /// A hash under the public key, `toxwatch ids v01`, the same in every installation.
    package init() {
        key = Self.publicKey
    }

    /// A hash under a key of exactly 16 bytes; nil for any other length.
    package init?(key bytes: [UInt8]) {
        guard bytes.count == Self.keyLength else { return nil }
        key = Self.words(bytes)
    }

    private static let publicKey = words(Array("toxwatch ids v01".utf8))

    /// Bytes of a key.
    package static let keyLength = 16

    /// The hash of `bytes`: its first eight bytes as `high`, the last eight as `low`, both read as a big-endian number.
    package func hash(_ bytes: [UInt8]) -> (high: UInt64, low: UInt64) { hash(bytes, count: bytes.count) }

    /// The hash of the first `count` of `bytes`.
    package func hash(_ bytes: [UInt8], count: Int) -> (high: UInt64, low: UInt64) {
        precondition(count >= 0 && count <= bytes.count)
        var result: (UInt64, UInt64) = (0, 0)
        withUnsafeBytes(of: key) { key in
            withUnsafeMutableBytes(of: &result) { result in
                guard let into = result.baseAddress, let key = key.baseAddress else { return }
                _ = crypto_shorthash_siphashx24(into, bytes, UInt64(count), key)
            }
        }
        return (UInt64(bigEndian: result.0), UInt64(bigEndian: result.1))
    }

    /// Sixteen bytes as two words, in the order of memory.
    private static func words(_ bytes: [UInt8]) -> (UInt64, UInt64) {
        bytes.withUnsafeBytes {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
    }
}
