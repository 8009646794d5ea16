import Records

extension FieldUnit {
  /// What one of it is.
  var scale: UnitScale {
    switch self {
    case .ns: UnitScale(dimension: .time, scale: 1)
    case .us: UnitScale(dimension: .time, scale: 1e3)
    case .ms: UnitScale(dimension: .time, scale: 1e6)
    case .s: UnitScale(dimension: .time, scale: 1e9)
    case .min: UnitScale(dimension: .time, scale: 60e9)
    case .h: UnitScale(dimension: .time, scale: 3600e9)
    case .bytes: UnitScale(dimension: .size, scale: 1)
    case .kilobytes: UnitScale(dimension: .size, scale: 1e3)
    case .megabytes: UnitScale(dimension: .size, scale: 1e6)
    case .kibibytes: UnitScale(dimension: .size, scale: 1024)
    case .mebibytes: UnitScale(dimension: .size, scale: 1_048_576)
    }
  }
}
