/// The version that `--version` prints.
let chiplogVersion = "0.1.0"

/// The text of `--help`, made from the option table.
func helpText() -> String {
  var text = """
    chiplog - open logs of any size merged on one time line, filter and follow them, with metrics beside them

    Usage: chiplog [OPTIONS] [FILE | DIRECTORY | journal:[UNIT] | -]...

      chiplog /var/log/syslog app.log nginx/access.log*    merged by time, following
      chiplog -q 'level>=warn -healthz' app.log            only what matches
      chiplog --prometheus http://localhost:9090 --panel 'up: up' app.log
      chiplog journal:nginx.service access.log             the journal and files
      kubectl logs x | chiplog                             a pipe
      chiplog -q 'status>=500' --json access.log | jq      no screen

    Options:

    """
  let rows = OptionDefinition.all.map { option -> (String, String) in
    var left = option.names.joined(separator: ", ")
    if case .required(let argument) = option.argument { left += " " + argument }
    return (left, option.help)
  }
  for (left, right) in rows {
    let padded = "  " + left + String(repeating: " ", count: max(1, 30 - left.count))
    text += left.count > 29 ? "  \(left)\n" + String(repeating: " ", count: 32) + right + "\n" : padded + right + "\n"
  }
  text += """

    Also +N, +G, +F and +/PATTERN as less has them. In the program, ? shows the keys.
    A query is words and tests: error "timed out" -healthz level>=warn status:5xx duration>250ms path~^/api/
    Exit status: 0 something matched, 1 nothing matched, 2 an error.

    """
  return text
}
