public import Core

/// How the daemon is doing.
public enum Status: RPCMethod {
    public static let name = "status"

    public typealias Parameters = RPCNothing

    public struct Result: Sendable, Hashable, Codable {
        public struct Model: Sendable, Hashable, Codable {
            public enum State: String, Sendable, Hashable, Codable {
                case loading
                case ready
                case failed
            }

            public var name: String
            public var path: String
            public var state: State
            /// What loading said, when `state` is `failed`.
            public var error: String?
            /// Seconds it took to load, once it has.
            public var loadSeconds: Double?

            public init(name: String, path: String, state: State, error: String? = nil, loadSeconds: Double? = nil) {
                self.name = name
                self.path = path
                self.state = state
                self.error = error
                self.loadSeconds = loadSeconds
            }
        }

        public struct Queue: Sendable, Hashable, Codable {
            /// Requests the model is working on.
            public var running: Int
            public var waiting: Int
            /// The most that may wait.
            public var limit: Int

            public init(running: Int, waiting: Int, limit: Int) {
                self.running = running
                self.waiting = waiting
                self.limit = limit
            }
        }

        public struct Memory: Sendable, Hashable, Codable {
            /// The daemon's resident memory, the mapped model included.
            public var residentBytes: Int
            /// The model file's tensors.
            public var modelBytes: Int
            /// The most the daemon has had resident.
            public var peakResidentBytes: Int

            public init(residentBytes: Int, modelBytes: Int, peakResidentBytes: Int) {
                self.residentBytes = residentBytes
                self.modelBytes = modelBytes
                self.peakResidentBytes = peakResidentBytes
            }
        }

        public struct Counts: Sendable, Hashable, Codable {
            public var conversations: Int
            public var messages: Int
            public var plugins: Int
            public var documents: Int
            public var connections: Int

            public init(conversations: Int, messages: Int, plugins: Int, documents: Int, connections: Int) {
                self.conversations = conversations
                self.messages = messages
                self.plugins = plugins
                self.documents = documents
                self.connections = connections
            }
        }

        /// What plugins' programs and document converters can be kept from on this machine.
        public struct Confinement: Sendable, Hashable, Codable {
            /// The version of Landlock's interface in the kernel, which keeps from files; nil where it has none.
            public var landlock: Int?
            /// Whether system calls are filtered, which keeps from the network.
            public var seccomp: Bool
            /// What they can do all the same, as a sentence; nil where nothing is missing.
            public var gap: String?

            public init(landlock: Int?, seccomp: Bool, gap: String?) {
                self.landlock = landlock
                self.seccomp = seccomp
                self.gap = gap
            }
        }

        /// How many of the enabled plugins' operations are indexed by their meaning.
        public struct Indexing: Sendable, Hashable, Codable {
            public var done: Int
            public var total: Int

            public init(done: Int, total: Int) {
                self.done = done
                self.total = total
            }
        }

        public var version: String
        public var pid: Int
        public var home: String
        public var socket: String
        public var uptimeSeconds: Double
        public var model: Model
        public var embeddingModel: Model?
        /// Where one is configured.
        public var rerankerModel: Model?
        public var queue: Queue
        public var memory: Memory
        public var counts: Counts
        /// Nil from a daemon of an older version.
        public var confinement: Confinement?
        /// While operations are being indexed; nil once all are.
        public var indexing: Indexing?

        public init(
            version: String, pid: Int, home: String, socket: String, uptimeSeconds: Double, model: Model,
            embeddingModel: Model?, rerankerModel: Model? = nil, queue: Queue, memory: Memory, counts: Counts,
            confinement: Confinement? = nil, indexing: Indexing? = nil
        ) {
            self.version = version
            self.pid = pid
            self.home = home
            self.socket = socket
            self.uptimeSeconds = uptimeSeconds
            self.model = model
            self.embeddingModel = embeddingModel
            self.rerankerModel = rerankerModel
            self.queue = queue
            self.memory = memory
            self.counts = counts
            self.confinement = confinement
            self.indexing = indexing
        }
    }
}
