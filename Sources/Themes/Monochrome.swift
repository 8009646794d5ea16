import Drawing

/// What each role looks like where there are no colours: the few that must stand out do so by attributes.
enum Monochrome {
  static func attributes(of role: Role) -> Style.Attributes {
    switch role {
    case .cursor, .selection, .popupSelected, .searchCurrent, .axisCursor: .reverse
    case .headerTitle, .headerLive, .headerPaused, .headerWarning, .error, .warning, .prompt, .statusKey, .heading,
      .popupTitle, .panelWarn, .panelOver, .panelFault, .level(4), .level(5), .level(6), .level(7):
      .bold
    case .match, .search, .date: .underline
    default: []
    }
  }
}
