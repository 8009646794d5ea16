import Testing

@testable import Records

@Suite struct XMLReadingTests {
  private let windows = """
    <?xml version="1.0" encoding="utf-8"?>
    <Events>
    <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>
      <System>
        <Provider Name='Service Control Manager' Guid='{555908d1-a6d7-4695-8e1e-26931d2012f4}'/>
        <EventID Qualifiers='16384'>7036</EventID>
        <Level>2</Level>
        <TimeCreated SystemTime='2026-11-22T14:00:01.2500000Z'/>
        <Correlation/>
        <Execution ProcessID='712' ThreadID='1536'/>
        <Computer>web1.example.org</Computer>
        <Security/>
      </System>
      <EventData>
        <Data Name='param1'>a &lt; b &amp; c&#33;</Data>
        <Data Name='Level'>0x7</Data>
      </EventData>
    </Event>
    <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Kernel'/><Level>0</Level><TimeCreated SystemTime='2026-11-22T14:00:02Z'/></System><RenderingInfo Culture='en-US'><Message>The system
    time has changed.</Message></RenderingInfo></Event>
    </Events>

    """

  @Test func eventsOfWindows() {
    let records = blockRecords(windows)
    #expect(records.map(\.lines) == [1...2, 3...18, 19...21])
    #expect(records.map(\.time) == [nil, "2026-11-22T14:00:01.25Z", "2026-11-22T14:00:02Z"])
    #expect(records.map(\.level) == [nil, .error, .info])
    #expect(
      records[1].fields == [
        "Provider=Service Control Manager", "Guid={555908d1-a6d7-4695-8e1e-26931d2012f4}", "Qualifiers=16384",
        "EventID=7036", "Level=2", "SystemTime=2026-11-22T14:00:01.2500000Z", "ProcessID=712", "ThreadID=1536",
        "Computer=web1.example.org", "param1=a < b & c!", "Level=0x7",
      ])
    #expect(records[2].message == "The system\ntime has changed.")
    #expect(reader(for: windows).formatName == "xml")
  }

  private let log4j = """
    <log4j:event logger="shop.Pay" timestamp="1795356001250" level="ERROR" thread="main">
    <log4j:message><![CDATA[payment <failed> & lost
    <record>]]></log4j:message>
    <log4j:NDC><![CDATA[o=7]]></log4j:NDC>
    <log4j:throwable><![CDATA[java.lang.IllegalStateException: closed
    \tat shop.Pay.run(Pay.java:12)
    ]]></log4j:throwable>
    <log4j:locationInfo class="shop.Pay" method="run" file="Pay.java" line="12"/>
    <log4j:properties>
    <log4j:data name="user" value="a &quot;b&quot;"/>
    </log4j:properties>
    </log4j:event>

    <log4j:event logger="shop.Cart" timestamp="1795356002000" level="WARN" thread="w-1">
    <log4j:message><![CDATA[slow]]></log4j:message>
    </log4j:event><log4j:event logger="shop.Cart" timestamp="1795356003000" level="FATAL" thread="w-1">
    <log4j:message>gone</log4j:message>
    </log4j:event>

    """

  @Test func eventsOfLog4j() {
    let records = blockRecords(log4j)
    #expect(records.map(\.lines) == [1...13, 14...15, 16...18])
    #expect(records.map(\.time) == ["2026-11-22T14:00:01.25Z", "2026-11-22T14:00:02Z", "2026-11-22T14:00:03Z"])
    #expect(records.map(\.level) == [.error, .warn, .fatal])
    #expect(records.map(\.message) == ["payment <failed> & lost\n<record>", "slow", "gone"])
    #expect(
      records[0].fields.filter { !$0.contains("\n") } == [
        "logger=shop.Pay", "timestamp=1795356001250", "level=ERROR", "thread=main", "NDC=o=7", "class=shop.Pay",
        "method=run", "file=Pay.java", "line=12", "user=a \"b\"",
      ])
  }

  private let java = """
    <?xml version="1.0" encoding="UTF-8" standalone="no"?>
    <!DOCTYPE log SYSTEM "logger.dtd">
    <log>
    <record>
      <date>2026-11-22T16:00:01</date>
      <millis>1795356001250</millis>
      <sequence>0</sequence>
      <logger>shop</logger>
      <level>SEVERE</level>
      <class>shop.Pay</class>
      <method>run</method>
      <thread>1</thread>
      <message>payment &lt;failed&gt;</message>
      <exception>
        <message>closed</message>
        <frame>
          <class>shop.Bank</class>
          <method>call</method>
        </frame>
      </exception>
    </record>
    <record>
      <date>2026-11-22T14:00:02.000500Z</date>
      <millis>1795356002000</millis>
      <nanos>500</nanos>
      <logger>shop</logger>
      <level>FINE</level>
      <message></message>
    </record>

    """

  @Test func recordsOfJavaUtilLogging() {
    let records = blockRecords(java)
    #expect(records.map(\.lines) == [1...3, 4...21, 22...29])
    #expect(records.map(\.time) == [nil, "2026-11-22T14:00:01.25Z", "2026-11-22T14:00:02.0005Z"])
    #expect(records.map(\.level) == [nil, .error, .debug])
    #expect(records[1].message == "payment <failed>")
    #expect(records[1].fields.contains("class=shop.Pay") && !records[1].fields.contains("class=shop.Bank"))
  }

  @Test("One record a line, and one alone")
  func lines() {
    let line = "<event time='2026-11-22T14:00:01Z' level='warn'><msg>slow &gt; 2s</msg></event>\n"
    let expected = BlockRecord(
      1...1, "2026-11-22T14:00:01Z", .warn, "slow > 2s", ["time=2026-11-22T14:00:01Z", "level=warn", "msg=slow > 2s"])
    #expect(blockRecords(line) == [expected])
    #expect(blockRecords(line + line).map(\.message) == ["slow > 2s", "slow > 2s"])
    let own = "<Entry at=\"x\" Timestamp=\"2026-11-22T14:00:01Z\" Severity=\"Error\" Text=\"a\"/>\n"
    #expect(blockRecords(own + own).map(\.level) == [.error, .error])
  }

  @Test(
    "What only begins like XML",
    arguments: [
      "<info>  [1795356001.2500] manager: started\n<warn>  [1795356002.2500] device: gone\n",
      "<14>Nov 22 14:00:01 web1 app: x\n", "<html>\n<p>2026-11-22T14:00:01Z</p>\n</html>\n", "<", "<a", "<a>", "<!--",
      "2026-11-22T14:00:01Z INFO sent <Event><Level>2</Level></Event>\n",
    ])
  func others(text: String) { #expect(reader(for: text).formatName != "xml") }

  @Test func cutAnywhere() {
    for text in [windows, log4j, java] { checkCuts(text) }
  }

  @Test(
    "Characters by name and number",
    arguments: [
      ("a&lt;b", "a<b"), ("&#10;&#x1F600;", "\n\u{1F600}"), ("&amp;lt;", "&lt;"), ("&nbsp;&", "&nbsp;&"),
      ("&#xD800;&#;&#x;&;", "&#xD800;&#;&#x;&;"), ("&apos;&quot;", "'\""),
    ])
  func entities(text: String, meaning: String) {
    #expect(withBytes(text) { FieldEncoding.entities.decode($0) } == meaning)
  }
}
