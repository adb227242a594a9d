import Core

/// Things people say that no tool is for. A question nearer to one of these than to any tool's examples is answered
/// without a tool.
enum Conversational {
    static let examples = [
        "Hello, how are you?", "Good morning!", "Thank you very much!", "Goodbye.", "I feel sad today.",
        "Who are you and what can you do?", "Tell me about yourself.", "What is your name?",
        "Tell me a joke.", "Tell me a story about a dragon.", "Write a short poem.", "Write a haiku about the sea.",
        "Write a poem about the sunset.",
        "I was born in a small town.", "I love music and films.", "I like that city.", "I was born in 1985.",
        "Tell me a story about the stars.", "Write a story about time.", "Tell me a joke about the weather.",
        "What does a hammer do?", "What is a thermometer used for?", "What are the months of the year?",
        "What are the names of the planets?", "How long does it take to boil an egg?",
        "Write a letter to my friend.", "Write a Python function that sorts a list.", "Give me a name for a dog.",
        "Who wrote Romeo and Juliet?", "Who painted the Mona Lisa?", "Who invented the telephone and when?",
        "What is the capital of France?", "What is the largest country in the world?",
        "Which language do they speak there?",
        "Explain how photosynthesis works.", "Explain what gravity is.", "How does an engine work?",
        "Why is the sky blue?",
        "Why do birds fly south in winter?", "What is the meaning of life?", "What is love?", "What is a noun?",
        "What does this word mean?", "What is the difference between a crocodile and an alligator?",
        "What happened in the Second World War?", "When did the war end?", "When was he born?",
        "Tell me about the history of Rome.",
        "How old is the universe?", "How long do elephants live?", "How many legs does a spider have?",
        "How many planets are there?", "How far is the moon?", "How tall is the highest mountain?",
        "Give me advice about learning a language.", "Give me three tips for staying healthy.", "How do I make coffee?",
        "What should I cook for dinner?", "Recommend a good film.", "What is the best time of year to travel?",
        "What is a good place to visit?", "Name three animals that live in the sea.", "List some fruits.",
        "Translate good morning to Spanish.", "How do you say thank you in French?", "Summarize this text.",
        "Fix the grammar of this sentence.", "What is 2 plus 2?", "What is time?", "Explain what a time zone is.",
        "What is a kilometre?", "Why do we have leap years?", "How does the sun shine?",
        "What is your opinion about that?",
        "Can you help me?", "That is wrong.", "I don't understand, explain it again.",
    ]

    static let anchors = examples.map(AnchorIndex.Anchor.init)

    /// Whether something made up is asked for: whatever it is about, no tool has it.
    static func asksForInvention(_ question: String) -> Bool {
        invention.isFound(in: question)
    }

    private static let invention = TextPattern(
        #"(?i)^\s*(please\s+)?(write|compose|invent|make up|tell)\s+(me\s+|us\s+)?(an?\s+)(\w+\s+)?(story|joke|poem|haiku|song|tale|riddle|limerick|fable)\b"#
    )
}
