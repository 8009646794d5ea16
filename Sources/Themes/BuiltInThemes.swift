/// The texts of themes/*.jsonc, so that the program is one file; a test holds that they are the same.
enum BuiltInThemes {
  /// The bytes of the built-in theme called `name`; nil if there is none.
  static func text(of name: String) -> [UInt8]? { texts.first { $0.name == name }.map { Array($0.text.utf8) } }

  /// All built-in themes, the default first.
  static let texts: [(name: String, text: String)] = [
    ("dark", dark), ("light", light), ("contrast", contrast), ("terminal", terminal), ("colorblind", colorblind),
    ("colorblind-light", colorblindLight),
  ]

  private static let dark = #"""
    // Calm on dark: greys carry the text, and a colour always means something (a level, a kind of field, a source).
    // A palette entry names a colour for terminals with 24 bits, 256 and 16 colours, best first.
    {
      "inherits": "terminal",
      "palette": {
        "ink":     ["#d4d8e0", 252, "default"],
        "paper":   ["#14171d", 233, "default"],
        "faint":   ["#8b94a3", 246, "default"],
        "dimmed":  ["#8b94a3", 246, "grey"],
        "fainter": ["#565e6c", 240, "grey"],
        "line":    ["#3b424f", 238, "grey"],
        "raised":  ["#1d222b", 235, "default"],
        "row":     ["#262d3a", 236, "default"],
        "chosen":  ["#2f4a6d", 24, "blue"],
        "snow":    ["#ffffff", 231, "bright-white"],
        "red":     ["#ff7a7a", 210, "red"],
        "ruby":    ["#c8324a", 161, "red"],
        "crimson": ["#ff6f91", 204, "bright-red"],
        "amber":   ["#f2c063", 221, "yellow"],
        "leaf":    ["#9bd08a", 150, "green"],
        "mint":    ["#6fe3b4", 79, "bright-green"],
        "sky":     ["#7fb8f5", 111, "bright-blue"],
        "figure":  ["#7fb8f5", 111, "default"],
        "teal":    ["#6cc7cf", 80, "cyan"],
        "violet":  ["#c3a2f2", 183, "magenta"],
        "peach":   ["#f0a885", 216, "bright-red"],
        "rose":    ["#e59ac5", 175, "magenta"],
        "steel":   ["#5d81ad", 67, "blue"]
      },
      "text": "ink on paper",
      "dim": "dimmed",
      "header": { "base": "faint on raised", "title": "snow bold", "live": "mint bold", "paused": "amber bold", "warning": "amber" },
      "axis": { "base": "line", "label": "faint", "cursor": "snow on chosen bold", "column": ["#d8dfec on #3a4a63", "231 on 60", "default on default reverse"] },
      "cursor": { "row": ["on #262d3a", "on 236", "default on default reverse"], "bar": "mint bold" },
      "match": ["#1b1d22 on #e0b95c", "16 on 179", "black on yellow"],
      "search": { "any": ["#10151c on #6cc7cf", "16 on 80", "black on cyan"], "current": ["#10151c on #ffffff bold", "16 on 231 bold", "black on white bold"] },
      "selection": "on chosen",
      "bookmark": "violet bold",
      "marker": "fainter",
      "date": "faint on raised",
      "time": "faint",
      "message": "ink",
      "continuation": "faint",
      "level": {
        "trace": "fainter", "debug": "fainter", "info": "faint", "notice": "teal", "warn": "amber",
        "error": "red bold", "critical": "crimson bold", "fatal": "snow on ruby bold", "unknown": "fainter"
      },
      "field": {
        "key": "faint", "string": "leaf", "number": "figure", "boolean": "peach", "null": "fainter",
        "address": "rose", "identifier": "teal", "url": "rose underline", "path": "violet", "duration": "amber",
        "punctuation": "fainter"
      },
      "substitute": "peach",
      "source": ["teal", "violet", "peach", "sky", "leaf", "amber",
        "rose", ["#8fd3a8", 115], ["#a9b4f0", 147], ["#d0c07a", 186], ["#79c2e8", 117], ["#d99a9a", 174]],
      "panel": {
        "title": "ink", "spark": "teal", "warn": "amber", "over": "red", "number": "snow", "stale": "fainter",
        "fault": "red", "volume": "steel"
      },
      "status": { "base": "faint on raised", "key": "ink bold", "message": "ink" },
      "prompt": { "label": "mint bold", "text": "snow", "field": "sky", "operator": "amber", "value": "leaf", "keyword": "violet" },
      "error": "red bold",
      "warning": "amber",
      "popup": { "base": "ink on raised", "border": "fainter on raised", "title": "snow bold", "selected": "snow on chosen" },
      "heading": "mint bold",
      "progress": "teal"
    }

    """#

  private static let light = #"""
    // For light backgrounds: the same meanings as dark, in inks that read on paper.
    {
      "inherits": "dark",
      "palette": {
        "ink":     ["#24292f", 235, "default"],
        "paper":   ["#fbfaf7", 231, "default"],
        "faint":   ["#616871", 241, "default"],
        "dimmed":  ["#616871", 241, "grey"],
        "fainter": ["#9aa0a8", 247, "grey"],
        "line":    ["#c9c8c2", 251, "grey"],
        "raised":  ["#efede7", 255, "default"],
        "row":     ["#e3ecf7", 254, "default"],
        "chosen":  ["#b9d6f5", 153, "cyan"],
        "snow":    ["#000000", 16, "default"],
        "red":     ["#c5221f", 160, "red"],
        "ruby":    ["#a50e38", 125, "red"],
        "crimson": ["#a8124f", 125, "red"],
        "amber":   ["#9a5b00", 130, "yellow"],
        "leaf":    ["#2f7d32", 28, "green"],
        "mint":    ["#00806a", 29, "green"],
        "sky":     ["#1a62b8", 25, "blue"],
        "figure":  ["#1a62b8", 25, "default"],
        "teal":    ["#00757f", 30, "cyan"],
        "violet":  ["#7a3fb5", 97, "magenta"],
        "peach":   ["#b3491c", 130, "red"],
        "rose":    ["#a8326e", 125, "magenta"],
        "steel":   ["#7d9cc4", 110, "blue"]
      },
      "axis": { "column": ["#003b8e on #c4dcf7", "18 on 153", "default on default reverse"] },
      "cursor": { "row": ["on #e3ecf7", "on 254", "default on default reverse"] },
      "match": ["#000000 on #ffe08a", "16 on 222", "black on yellow"],
      "search": { "any": ["#000000 on #9be3e8", "16 on 116", "black on cyan"], "current": ["#ffffff on #00757f bold", "231 on 30 bold", "white on blue bold"] },
      "level": { "fatal": ["#ffffff on #a50e38 bold", "231 on 125 bold", "white on red bold"] },
      "source": ["teal", "violet", "peach", "sky", "leaf", "amber",
        "rose", ["#3d7a58", 65, "green"], ["#4a54b8", 61, "blue"], ["#776a12", 94, "yellow"],
        ["#1577a3", 31, "cyan"], ["#9c4a4a", 131, "red"]]
    }

    """#

  private static let contrast = #"""
    // High contrast: full black and white, strong colours, nothing dim; every text at 7:1 or better on its ground.
    {
      "inherits": "terminal",
      "palette": {
        "ink":    ["#ffffff", 231, "bright-white"],
        "paper":  ["#000000", 16, "black"],
        "soft":   ["#c8c8c8", 251, "white"],
        "red":    ["#ff8080", 210, "bright-red"],
        "yellow": ["#ffe14d", 227, "bright-yellow"],
        "green":  ["#7dff7d", 120, "bright-green"],
        "cyan":   ["#6ff2ff", 123, "bright-cyan"],
        "blue":   ["#9ecbff", 153, "bright-cyan"],
        "violet": ["#f0b0ff", 219, "bright-magenta"]
      },
      "text": "ink on paper",
      "dim": "soft",
      "header": { "base": "ink on paper", "title": "ink bold underline", "live": "green bold", "paused": "yellow bold", "warning": "yellow bold" },
      "axis": { "base": "soft", "label": "ink", "cursor": "paper on yellow bold", "column": "paper on yellow" },
      "cursor": { "row": ["on #00338f", "on 18", "default on default reverse"], "bar": "yellow bold" },
      "match": "paper on yellow bold",
      "search": { "any": "paper on cyan bold", "current": "paper on ink bold underline" },
      "selection": ["on #5a2d82", "on 54", "default on default reverse"],
      "bookmark": "violet bold",
      "marker": "soft",
      "date": "ink bold",
      "time": "ink",
      "message": "ink",
      "continuation": "ink",
      "level": {
        "trace": "soft", "debug": "soft", "info": "ink", "notice": "cyan", "warn": "yellow bold",
        "error": "red bold", "critical": "red bold underline", "fatal": "paper on red bold", "unknown": "soft"
      },
      "field": {
        "key": "cyan", "string": "green", "number": "blue", "boolean": "violet", "null": "soft",
        "address": "violet", "identifier": "yellow", "url": "violet underline", "path": "cyan", "duration": "blue bold",
        "punctuation": "soft"
      },
      "substitute": "red bold",
      "source": ["cyan", "violet", "yellow", "green", "blue", "red"],
      "panel": {
        "title": "ink bold", "spark": "cyan", "warn": "yellow", "over": "red", "number": "ink bold", "stale": "soft",
        "fault": "red bold", "volume": "blue"
      },
      "status": { "base": "ink on paper", "key": "yellow bold", "message": "ink" },
      "prompt": { "label": "yellow bold", "text": "ink", "field": "cyan", "operator": "yellow", "value": "green", "keyword": "violet" },
      "error": "red bold",
      "warning": "yellow bold",
      "popup": { "base": "ink on paper", "border": "ink on paper", "title": "ink bold", "selected": "paper on yellow bold" },
      "heading": "yellow bold",
      "progress": "cyan bold"
    }

    """#

  private static let terminal = #"""
    // The terminal's own 16 colours and background: looks at home in whatever palette you have set up.
    // A style is "[colour] [on colour] [bold dim italic underline reverse]"; a colour is a name, 0-255 or "#rrggbb".
    {
      "text": "default",
      "dim": "grey",
      "header": { "base": "default", "title": "bold", "live": "green bold", "paused": "yellow bold", "warning": "yellow" },
      "axis": { "base": "grey", "label": "default", "cursor": "default on default reverse bold", "column": "default on default reverse" },
      "cursor": { "row": "default on default reverse", "bar": "cyan bold" },
      "match": "black on yellow",
      "search": { "any": "black on cyan", "current": "black on bright-cyan bold" },
      "selection": "black on white",
      "bookmark": "magenta bold",
      "marker": "grey",
      "date": "bold",
      "time": "default",
      "message": "default",
      "continuation": "default",
      "level": {
        "trace": "grey", "debug": "grey", "info": "default", "notice": "cyan", "warn": "yellow",
        "error": "red bold", "critical": "bright-red bold", "fatal": "white on red bold", "unknown": "default"
      },
      "field": {
        "key": "cyan", "string": "green", "number": "blue", "boolean": "magenta", "null": "grey",
        "address": "magenta", "identifier": "yellow", "url": "magenta underline", "path": "cyan", "duration": "bright-blue",
        "punctuation": "grey"
      },
      "substitute": "red",
      "source": ["cyan", "green", "magenta", "blue", "yellow", "bright-cyan", "bright-green", "bright-magenta", "bright-blue"],
      "panel": {
        "title": "default", "spark": "cyan", "warn": "yellow", "over": "red", "number": "bold", "stale": "grey",
        "fault": "red", "volume": "blue"
      },
      "status": { "base": "grey", "key": "bold", "message": "default" },
      "prompt": { "label": "cyan bold", "text": "default", "field": "cyan", "operator": "yellow", "value": "green", "keyword": "magenta" },
      "error": "red bold",
      "warning": "yellow",
      "popup": { "base": "default", "border": "grey", "title": "bold", "selected": "default on default reverse" },
      "heading": "bold",
      "progress": "cyan"
    }

    """#

  private static let colorblind = #"""
    // dark for eyes that see red and green alike: the colours of Okabe and Ito ("Color Universal Design", 2008), brightened
    // for a dark ground. What is good is blue, what warns is yellow, what is wrong is orange and bold.
    {
      "inherits": "dark",
      "palette": {
        "snow":    ["#ffffff", 231, "bright-white"],
        "red":     ["#ff8a3d", 208, "bright-red"],
        "ruby":    ["#d55e00", 166, "red"],
        "crimson": ["#ff8a3d", 208, "bright-red"],
        "amber":   ["#f0e442", 227, "bright-yellow"],
        "leaf":    ["#56b4e9", 74, "cyan"],
        "mint":    ["#7cc7f2", 117, "bright-cyan"],
        "sky":     ["#8fb7ff", 111, "bright-blue"],
        "figure":  ["#8fb7ff", 111, "default"],
        "teal":    ["#56b4e9", 74, "cyan"],
        "violet":  ["#e0a3c8", 182, "bright-magenta"],
        "peach":   ["#e6b35c", 179, "yellow"],
        "rose":    ["#e0a3c8", 182, "magenta"],
        "steel":   ["#4a8cc2", 67, "blue"]
      },
      "match": ["#14171d on #f0e442", "16 on 227", "black on yellow"],
      "search": { "any": ["#14171d on #56b4e9", "16 on 74", "black on cyan"] },
      "level": { "critical": "crimson bold underline", "fatal": ["#000000 on #ff8a3d bold", "16 on 208 bold", "black on red bold"] },
      "source": ["teal", "violet", "peach", "sky", "amber", "snow"]
    }

    """#

  private static let colorblindLight = #"""
    // light for eyes that see red and green alike: what is wrong is dark, what warns is lighter and yellow, what is good is blue. On
    // white no orange is dark enough to read and far enough from yellow.
    {
      "inherits": "light",
      "palette": {
        "red":     ["#8a0030", 88, "red"],
        "ruby":    ["#8a0030", 88, "red"],
        "crimson": ["#8a0030", 88, "red"],
        "amber":   ["#806300", 94, "yellow"],
        "leaf":    ["#00609c", 24, "blue"],
        "mint":    ["#00609c", 24, "blue"],
        "sky":     ["#2a4fb0", 25, "blue"],
        "figure":  ["#2a4fb0", 25, "default"],
        "teal":    ["#006a9e", 24, "cyan"],
        "violet":  ["#8c3a72", 89, "magenta"],
        "peach":   ["#7a5200", 94, "yellow"],
        "rose":    ["#8c3a72", 89, "magenta"],
        "steel":   ["#6a9cc8", 74, "blue"]
      },
      "level": { "critical": "crimson bold underline", "fatal": ["#ffffff on #8a0030 bold", "231 on 88 bold", "white on red bold"] },
      "source": ["teal", "violet", "peach", "sky", "amber", "snow"]
    }

    """#
}
