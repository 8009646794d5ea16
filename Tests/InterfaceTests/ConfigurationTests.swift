import Drawing
import Testing

@testable import Interface

@Suite struct ConfigurationTests {
  @Test func readsTheExampleOfTheManual() throws {
    let text = """
      {
        "theme": "dark",                        // dark, light, contrast, terminal, or a file
        "time":  { "zone": "auto", "unzoned": "local" },
        "mouse": true, "connection": "slow",
        "keys":  { "ctrl-s": "record.copy", "q": null },
        "prometheus": {
          "local": { "url": "http://localhost:9090" },
          "shop":  { "url": "https://prom.example.org/prometheus",
                     "bearer_file": "~/.config/chiplog/shop.token",
                     "headers": { "X-Scope-OrgID": "shop" } },
        },
        "panels": { "default": [
          "5xx: sum(rate(http_requests_total{code=~\\"5..\\"}[1m]))",
          { "title": "p99", "from": "shop", "unit": "s", "max": 5, "warn": 0.5, "error": 2, "expr": "histogram_quantile(1)" },
        ] },
        "filters": { "noise": "-healthz -readyz not level=debug" },
        "files": [ { "match": "*/legacy/*.log", "format": "text", "zone": "America/New_York", "offset": "+3s" },
                   { "match": "access.log*", "columns": ["time", "status"] } ]
      }
      """
    let (configuration, mistakes) = Configuration.decode(Array(text.utf8), scope: .user)
    #expect(mistakes == [])
    #expect(configuration.theme == "dark")
    #expect(configuration.metricServers.map(\.name) == ["local", "shop"])
    #expect(configuration.metricServers.last?.headers.first?.value == "shop")
    let panels = try #require(configuration.panels())
    #expect(panels.map(\.title) == ["5xx", "p99"])
    #expect(panels.last?.source == "shop")
    #expect(configuration.files.first?.offset == .seconds(Int64(3)))
    var settings = Settings()
    settings.apply(configuration)
    #expect(settings.usesMouse && settings.connection == .slow)
    #expect(settings.keymap.lookup([.control("s")], in: .log) == .action(.copyRecord))
    #expect(settings.keymap.lookup([.character("q")], in: .log) == .none)
    #expect(settings.columns == [.init(match: "access.log*", columns: ["time", "status"])])
  }

  @Test func sourcesOfEveryTypeAreRead() {
    let text = """
      { "metrics": {
          "node": { "type": "scrape", "url": "http://h:9100/metrics", "interval": 5 },
          "db": { "type": "influxdb", "url": "http://h:8086", "database": "m", "basic_file": "/secret" },
          "app": { "type": "uwsgi", "url": "tcp://h:1717" },
          "slip": { "type": "graphit", "url": "http://h" },
          "bare": { "url": "http://h" },
          "tcp": { "type": "json", "url": "tcp://h:1" } },
        "prometheus": { "p": { "url": "http://h", "interval": 5 } } }
      """
    let (configuration, mistakes) = Configuration.decode(Array(text.utf8), scope: .user)
    let servers = configuration.metricServers
    #expect(servers.prefix(3).map(\.kind) == [.scrape, .influxdb, .uwsgi])
    #expect(servers.prefix(2).map(\.interval) == [5, 10])
    #expect(servers[1].database == "m" && servers[1].basicFile == "/secret")
    #expect(mistakes.map(\.line) == [5, 6, 7, 8])
    #expect(mistakes[0].message.contains("did you mean") && mistakes[0].message.contains("graphite"))
    #expect(mistakes[1].message.contains("needs a \"type\""))
    #expect(mistakes[2].message.contains("must begin with"))
    let folder = Configuration.decode(Array(text.utf8), scope: .folder)
    #expect(folder.configuration.metricServers.isEmpty)
  }

  @Test(arguments: [
    ("{ \"them\": \"dark\" }", "1:3: unknown key \"them\"; did you mean \"theme\"?"),
    ("{\n  \"mouse\": 1\n}", "2:12: \"mouse\" is true or false; found a number"),
    ("{ \"keys\": { \"ctrl-s\": \"record.cpoy\" } }", "1:23: no action \"record.cpoy\"; did you mean \"record.copy\"?"),
    (
      "{ \"keys\": { \"hyper-s\": \"record.copy\" } }",
      "1:13: no key \"hyper-s\"; as in ctrl-s, alt-x, f5, space, \"] w\""
    ),
    (
      "{ \"prometheus\": { \"a\": { \"url\": \"ftp://x\" } } }",
      "1:19: the url of \"a\" must begin with http://, https:// or unix:"
    ),
    ("{ \"prometheus\": { \"a\": {} } }", "1:19: the server \"a\" needs a \"url\""),
    ("{ \"panels\": { \"default\": [ {} ] } }", "1:28: a panel needs \"expr\" or \"query\""),
    ("{ \"files\": {} }", "1:12: \"files\" is a list, in brackets; found an object"),
    ("{ \"files\": [ { \"format\": \"jsno\" } ] }", "1:14: a rule for files needs \"match\""),
    (
      "{ \"files\": [ { \"match\": \"*\", \"offset\": \"soon\" } ] }",
      "1:40: \"soon\" is no length of time; as in \"+3s\" or \"-1h\""
    ),
    ("[]", "1:1: the configuration is an object, in braces; found an array"),
  ])
  func saysWhatIsWrongAndWhere(text: String, expected: String) {
    let mistakes = Configuration.decode(Array(text.utf8), scope: .user).mistakes
    #expect(mistakes.first?.description == expected)
  }

  @Test func aBrokenFileGivesOneMistake() {
    let (_, mistakes) = Configuration.decode(Array("{ \"theme\": ".utf8), scope: .user)
    #expect(mistakes.count == 1)
  }

  @Test func aFolderSetsPanelsAndFiltersOnly() {
    let text = """
      { "prometheus": { "x": { "url": "http://evil" } }, "keys": { "q": null },
        "panels": { "default": ["up"] }, "filters": { "a": "level>=warn", "b": "level>=wran" } }
      """
    let (configuration, mistakes) = Configuration.decode(Array(text.utf8), scope: .folder)
    #expect(configuration.metricServers.isEmpty)
    #expect(configuration.keys.isEmpty)
    #expect(configuration.panels()?.count == 1)
    #expect(configuration.filters["a"] == "level>=warn")
    #expect(mistakes.count >= 2)
  }

  @Test func mistakesAreShownAndListed() {
    let session = Session(numbered(3))
    session.send(.configured(Settings(), panels: nil, mistakes: ["1:2: a", "3:4: b"]))
    #expect(session.message == "1:2: a; 1 more, :config lists them")
    session.press(":")
    session.type("config")
    session.press("enter")
    #expect(session.state.choice?.items.count == 2)
  }
}
