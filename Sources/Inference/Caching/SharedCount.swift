/// How many of their first tokens two texts share. Asked for every waiting request at every step, so it allocates nothing.
func sharedCount(_ first: ArraySlice<Token>, _ second: ArraySlice<Token>) -> Int {
    let most = min(first.count, second.count)
    var count = 0
    while count < most, first[first.startIndex + count] == second[second.startIndex + count] { count += 1 }
    return count
}
