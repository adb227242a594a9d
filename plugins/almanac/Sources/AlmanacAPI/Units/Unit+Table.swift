import Languages

extension Unit {
    /// Every unit of the table that can be converted here, by its English names.
    static let all: [Unit] = UnitOfMeasure.all.compactMap(Unit.init)

    private init?(_ measure: UnitOfMeasure) {
        guard let dimension = Dimension(rawValue: measure.dimension.rawValue), let factor = measure.factor,
            let names = Language.english.units.names[measure.name]
        else { return nil }
        self.init(
            names.name, dimension, factor, offset: measure.offset ?? 0, plural: names.plural,
            measure.symbols + measure.otherSymbols + names.more)
    }
}
