import Confinement
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChildLifeTests {
    @Test func `a program's status is handed on, and the signal that ended it`() throws {
        #expect(try ConfinedRun.shell("exit 7", Confinement()).status == 7)
        #expect(try ConfinedRun.shell("kill -9 $$", Confinement()).status == SIGKILL)
        let confiner = try Confiner.installed()
        let command = confiner.command(Confinement(), running: "/no/such/program", [])
        let missing = try ConfinedRun.start(command.program, command.arguments).end()
        #expect(missing.status == 127)
        #expect(missing.output.contains("/no/such/program cannot be run: No such file"))
    }

    @Test func `a program that is not granted its own file says so`() throws {
        try #require(ConfinementSupport.ofThisKernel.landlock != nil)
        try withFolder { folder in
            try FileManager.default.copyItem(atPath: "/bin/true", toPath: "\(folder)/program")
            let confiner = try Confiner.installed()
            let command = confiner.command(Confinement(), running: "\(folder)/program", [])
            let run = try ConfinedRun.start(command.program, command.arguments).end()
            #expect(run.status == 127 && run.output.contains("cannot be run: Permission denied"))
        }
    }

    @Test(arguments: [true, false])
    func `an expendable program is the first to be ended where memory is short`(isExpendable: Bool) throws {
        let own = try String(contentsOfFile: "/proc/self/oom_score_adj", encoding: .utf8)
        let run = try ConfinedRun.shell(
            "cat /proc/self/oom_score_adj", Confinement(isExpendable: isExpendable))
        #expect(run.output == (isExpendable ? "1000\n" : own))
    }

    @Test func `what a program leaves running ends with it`() throws {
        let run = try ConfinedRun.shell(
            "(setsid sleep 300 & echo $!) ; sleep 0.05; exit 0", Confinement())
        let pid = try #require(pid_t(run.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(pid, 0) == -1)
    }

    @Test func `a program that ignores being asked ends all the same, with its children`() throws {
        let confiner = try Confiner.installed()
        let command = confiner.command(
            Confinement(), running: "/bin/sh", ["-c", "trap '' TERM; sleep 300 & echo $!; wait; sleep 300"])
        let running = try ConfinedRun.start(command.program, command.arguments)
        let pid = try #require(Self.number(running.pipe))
        running.process.terminate()
        running.process.waitUntilExit()
        #expect(running.process.terminationReason == .uncaughtSignal)
        #expect(kill(pid, 0) == -1)
    }

    @Test func `a program ends with the process that asked for it, however that ends`() throws {
        let confiner = try Confiner.installed()
        // A shell stands for the daemon: it starts the program, says its number, and is killed.
        let line = "\(confiner.path) --system --parent $$ -- /bin/sh -c 'echo $$; exec sleep 300' & wait"
        let parent = try ConfinedRun.start("/bin/sh", ["-c", line])
        let pid = try #require(Self.number(parent.pipe))
        kill(parent.process.processIdentifier, SIGKILL)
        // Until the pipe ends, the program or what watches it still lives.
        _ = try parent.pipe.fileHandleForReading.readToEnd()
        #expect(kill(pid, 0) == -1)
    }

    @Test func `a program has the standard descriptors only, a limit of files, memory and time, and no core file`()
        throws
    {
        let limits = Confinement.Limits(
            memoryBytes: 512 << 20, processorSeconds: 7, fileBytes: 4096, openFiles: 32)
        let run = try ConfinedRun.shell(
            "perl -e 'print join(q( ), grep { -e qq(/proc/self/fd/$_) } 0..200), qq(\\n)'; ulimit -v; ulimit -t; ulimit -n; ulimit -c",
            Confinement(limits: limits))
        #expect(run.output == "0 1 2\n\(512 << 10)\n7\n32\n0\n")
        let tooLarge = try withFolder { folder in
            try ConfinedRun.shell(
                "head -c 8192 /dev/zero >\(folder)/file", Confinement(write: [folder], limits: limits))
        }
        #expect(tooLarge.status != 0)
    }

    @Test func `a child's environment has what programs need, what it asked for, and nothing else of this process'`() {
        let own = [
            "PATH": "/usr/bin:relative::/bin", "LANG": "de_DE.UTF-8", "TZ": "Europe/Oslo", "API_KEY": "k",
            "SQUIRE_GATEWAY_TOKEN": "t", "LD_PRELOAD": "/x.so", "HOME": "/home/u",
        ]
        let made = ChildEnvironment.make(folder: "/run/x", handingOn: ["API_KEY", "ABSENT"], own: own)
        #expect(
            made == [
                "PATH": "/usr/bin:/bin", "LANG": "de_DE.UTF-8", "TZ": "Europe/Oslo", "API_KEY": "k", "HOME": "/run/x",
                "TMPDIR": "/run/x",
            ])
    }

    /// The first number that is written to a pipe.
    private static func number(_ pipe: Pipe) -> pid_t? {
        var text = ""
        while !text.contains("\n") {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            text += String(decoding: data, as: UTF8.self)
        }
        return pid_t(text.split(separator: "\n")[0])
    }
}
