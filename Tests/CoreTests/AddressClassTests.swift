import Core
import Testing

struct AddressClassTests {
    @Test(arguments: [
        ("0.0.0.0", AddressClass.reserved), ("0.255.255.255", .reserved), ("1.0.0.0", .global),
        ("9.255.255.255", .global), ("10.0.0.0", .privateNetwork), ("10.255.255.255", .privateNetwork),
        ("11.0.0.0", .global), ("100.63.255.255", .global), ("100.64.0.0", .privateNetwork),
        ("100.100.100.200", .reserved), ("100.127.255.255", .privateNetwork), ("100.128.0.0", .global),
        ("126.255.255.255", .global), ("127.0.0.0", .loopback), ("127.0.0.1", .loopback),
        ("127.255.255.255", .loopback), ("128.0.0.0", .global), ("168.63.129.16", .reserved),
        ("169.253.255.255", .global), ("169.254.0.0", .linkLocal), ("169.254.169.253", .linkLocal),
        ("169.254.169.254", .reserved), ("169.254.170.2", .reserved), ("169.254.255.255", .linkLocal),
        ("169.255.0.0", .global), ("172.15.255.255", .global), ("172.16.0.0", .privateNetwork),
        ("172.31.255.255", .privateNetwork), ("172.32.0.0", .global), ("192.0.0.0", .reserved),
        ("192.0.0.170", .reserved), ("192.0.0.192", .reserved), ("192.0.1.0", .global), ("192.0.2.1", .reserved),
        ("192.31.196.1", .global), ("192.88.99.1", .reserved), ("192.167.255.255", .global),
        ("192.168.0.0", .privateNetwork), ("192.168.255.255", .privateNetwork), ("192.169.0.0", .global),
        ("198.17.255.255", .global), ("198.18.0.0", .reserved), ("198.19.255.255", .reserved),
        ("198.20.0.0", .global), ("198.51.100.1", .reserved), ("203.0.113.255", .reserved),
        ("203.0.114.0", .global),
        ("223.255.255.255", .global), ("224.0.0.0", .reserved), ("239.255.255.255", .reserved),
        ("240.0.0.1", .reserved), ("255.255.255.255", .reserved), ("8.8.8.8", .global),
    ])
    func `every special range is known, by its first and last address, and what lies beside it is not in it`(
        text: String, kind: AddressClass
    ) throws {
        #expect(AddressClass(of: try #require(IPAddress(text))) == kind)
        // The same in IPv6, by each of the ways in which IPv4 stands in it.
        let bits = try #require(IPAddress(text)?.v4)
        let high = String(bits >> 16, radix: 16)
        let low = String(bits & 0xffff, radix: 16)
        for text in ["::ffff:\(text)", "::ffff:\(high):\(low)", "64:ff9b::\(high):\(low)", "2002:\(high):\(low)::1"] {
            #expect(AddressClass(of: try #require(IPAddress(text))) == kind, "\(text)")
        }
    }

    @Test(arguments: [
        ("::", AddressClass.reserved), ("::1", .loopback), ("::2", .reserved), ("::127.0.0.1", .reserved),
        ("::8.8.8.8", .reserved), ("64:ff9b:1::1", .reserved), ("64:ff9b:0:1::7f00:1", .reserved),
        ("100::1", .reserved), ("100:0:0:1::1", .reserved), ("1fff:ffff::1", .reserved), ("2000::1", .global),
        ("2001::1", .reserved), ("2001:2::1", .reserved), ("2001:10::1", .reserved), ("2001:1ff::1", .reserved),
        ("2001:200::1", .global), ("2001:db8::1", .reserved), ("2001:4860:4860::8888", .global),
        ("2606:4700::1111", .global), ("3fff::1", .reserved), ("3fff:1000::1", .global), ("4000::1", .reserved),
        ("5f00::1", .reserved), ("fbff::1", .reserved), ("fc00::1", .privateNetwork),
        ("fd12:3456::1", .privateNetwork),
        ("fd00:ec2::254", .reserved), ("fd20:ce::254", .reserved), ("fe00::1", .reserved), ("fe80::1", .linkLocal),
        ("fe80::1%eth0", .linkLocal), ("fe80::a9fe:a9fe", .reserved), ("febf::1", .linkLocal),
        ("fec0::1", .privateNetwork), ("ff02::1", .reserved), ("ffff::1", .reserved),
    ])
    func `so are those of IPv6, and what is not given out is no public address`(text: String, kind: AddressClass) throws
    {
        #expect(AddressClass(of: try #require(IPAddress(text))) == kind)
    }

    @Test(arguments: ["127.0.0.1", "255.0.1.2", "2001:db8::1", "::1", "fe80::1:2"])
    func `an address is written as it is read`(text: String) {
        #expect(IPAddress(text)?.description == text)
    }

    @Test(arguments: ["", "1.2.3", "256.1.1.1", "1.2.3.4.5", "::g", "localhost", "01.2.3.4"])
    func `what is no address is none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `a prefix holds what begins with its bits`() throws {
        let address = try #require(IPAddress("10.1.2.3"))
        #expect(IPPrefix("10.1.0.0/16")?.contains(address) == true)
        #expect(IPPrefix("10.2.0.0/16")?.contains(address) == false)
        #expect(IPPrefix("0.0.0.0/0")?.contains(address) == true)
        #expect(IPPrefix("10.1.2.3/32")?.contains(address) == true)
        for text in ["10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "x/8", "10.0.0.0/8/8"] {
            #expect(IPPrefix(text) == nil)
        }
    }
}
