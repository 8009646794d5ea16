/// The scalars of Unicode's general categories, as `\p{Lu}` or `\p{L}` names them.
enum GeneralCategory {
  /// The set behind a name of one or two letters; nil for an unknown name.
  static func scalars(named name: String) -> ScalarSet? {
    if name == "Any" { return .everything }
    let ranges = names.filter { $0 == name || (name.utf8.count == 1 && $0.hasPrefix(name)) }.flatMap { table[$0] ?? [] }
    return ranges.isEmpty ? nil : ScalarSet(ranges)
  }

  static let names = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm",
    "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co",
  ]

  /// Built on first use, in some tens of milliseconds: one pass over the assigned planes.
  private static let table: [String: [ClosedRange<UInt32>]] = {
    var result: [String: [ClosedRange<UInt32>]] = [:]
    // Planes 4 to 13 hold nothing that is assigned.
    for span in [UInt32(0)...0x3_FFFF, 0xE_0000...0x10_FFFF] {
      var open: (name: String, first: UInt32)?
      for value in span {
        let name = Unicode.Scalar(value).flatMap { abbreviation($0.properties.generalCategory) }
        if name == open?.name { continue }
        if let open { result[open.name, default: []].append(open.first...value - 1) }
        open = name.map { ($0, value) }
      }
      if let open { result[open.name, default: []].append(open.first...span.upperBound) }
    }
    return result
  }()

  private static func abbreviation(_ category: Unicode.GeneralCategory) -> String? {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .privateUse: "Co"
    default: nil
    }
  }
}
