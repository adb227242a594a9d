import Confinement
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)), .enabled(if: ConfinementSupport.ofThisKernel.seccomp))
struct NetworkConfinementTests {
    /// Tries to make a socket of each family, and says which it was given.
    private static let sockets =
        "perl -MSocket -e 'for (AF_UNIX, AF_INET, AF_INET6) { print socket(my $s, $_, SOCK_STREAM, 0) ? 1 : 0 }'"

    @Test(arguments: [(Confinement.Network.none, "000"), (.local, "100"), (.any, "111")], [nil, 0])
    func `a program gets sockets of the kinds it was granted, with Landlock and without`(
        network: (kind: Confinement.Network, given: String), landlock: Int?
    ) throws {
        let run = try ConfinedRun.shell(Self.sockets, Confinement(network: network.kind), landlock: landlock)
        #expect(run.output == network.given)
    }

    @Test func `datagrams, raw sockets and other families are no way out`() throws {
        let line = """
            perl -MSocket -e 'for ([AF_INET, SOCK_DGRAM], [AF_INET, SOCK_RAW], [16, SOCK_RAW], [17, SOCK_RAW], [40, SOCK_STREAM]) {
                print socket(my $s, $_->[0], $_->[1], 0) ? 1 : 0 }'
            """
        let run = try ConfinedRun.shell(line, Confinement(network: .local))
        #expect(run.output == "00000")
    }

    @Test func `a program that may listen on a Unix socket may connect to none`() throws {
        try withFolder { folder in
            let line = """
                perl -MIO::Socket::UNIX -e '
                    my $l = IO::Socket::UNIX->new(Local => "\(folder)/s", Listen => 1) or die "no listener: $!";
                    print IO::Socket::UNIX->new(Peer => "\(folder)/s") ? "connected" : "kept: $!"'
                """
            let run = try ConfinedRun.shell(line, Confinement(write: [folder], network: .local))
            #expect(run.output.contains("kept: Permission denied"))
        }
    }
}
