import Digest
import Testing

struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 gives the published answers`(_ text: String, _ digest: String) {
        #expect(SHA256.hexadecimal(of: Array(text.utf8)) == digest)
    }

    /// From the reference implementation's vectors, key 00 to 0f, input 00, 01, … of the given length.
    @Test(arguments: [
        (0, 0xA381_7F04_BA25_A8E6 as UInt64, 0x6DF6_7214_C755_0293 as UInt64),
        (1, 0xDA87_C1D8_6B99_AF44, 0x3476_5911_9B22_FC45),
    ])
    func `SipHash-2-4 with 128 bits gives the published answers`(_ length: Int, _ high: UInt64, _ low: UInt64) throws {
        let hash = try #require(KeyedHash(key: Array(0..<16)))
        let answer = hash.hash((0..<length).map { UInt8($0) })
        #expect(answer.high == high)
        #expect(answer.low == low)
    }

    @Test func `a key has 16 bytes, and another key gives another hash`() throws {
        #expect(KeyedHash(key: []) == nil)
        #expect(KeyedHash(key: Array(0..<17)) == nil)
        let secret = try #require(KeyedHash(key: Array(0..<16)))
        #expect(secret.hash([1]) != KeyedHash().hash([1]))
        #expect(KeyedHash().hash([1]) == KeyedHash().hash([1]))
    }
}
