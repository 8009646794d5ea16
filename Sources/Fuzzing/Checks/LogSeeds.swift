/// A few records of every family, for inputs that are like logs.
enum LogSeeds {
  static let lines = [
    "2026-03-14T14:08:01.123Z INFO api: started\n2026-03-14T14:08:02.000Z ERROR api: broke\n\tat a.b(C.java:1)\nCaused by: x\n",
    "Mar 14 14:08:01 host sshd[12]: Failed password for root\nMar  5 01:02:03 host CRON[1]: (root) CMD\n",
    "<34>1 2026-03-14T14:08:01+01:00 host app 12 ID [a@1 b=\"c\"] message\n",
    "10.0.0.1 - joe [14/Mar/2026:14:08:01 +0000] \"GET /a HTTP/1.1\" 200 512 \"-\" \"curl/8\"\n",
    "{\"time\":\"2026-03-14T14:08:01Z\",\"level\":\"warn\",\"msg\":\"a\\nb\",\"n\":{\"x\":[1,2]}}\n{\"ts\":1773497281.5,\"level\":30}\n",
    "time=2026-03-14T14:08:01Z level=error msg=\"took long\" duration=18ms\n",
    "E0314 14:08:01.123456   12 main.go:10] klog\n",
    "[14/03/2026 14:08:01,123] WARN comma\n26/03/14 14:08:01 INFO spark\n",
    "1773497281 epoch seconds\n1773497281123 epoch milliseconds\n@400000006b02e65f00000000 tai\n",
    "Sat Mar 14 14:08:01 2026 ctime\n2026-03-14 14:08:01,123 - python - DEBUG - x\nTraceback (most recent call last):\n  File \"a\"\nValueError\n",
    "19141:M 22 Nov 2026 12:54:39.321 # redis\n2026-02-30T25:61:61Z no such time\n",
    "Nov 22, 2026 2:00:01 PM a.b.Shop run\nINFO: started\nNov 22, 2026 2:00:02 PM a.b.Shop run\nSEVERE: x\n\tat a.b(C.java:1)\n",
    "<Events>\n<Event><System><Provider Name='k'/><Level>2</Level><TimeCreated SystemTime='2026-11-22T14:00:01Z'/></System>"
      + "<EventData><Data Name='a'>&lt;b&#33;</Data></EventData></Event>\n<Event>\n<Level>0</Level></Event></Events>\n",
    "<log4j:event timestamp=\"1795356001250\" level=\"ERROR\">\n<log4j:message><![CDATA[a\n<b>]]></log4j:message>\n"
      + "</log4j:event><log4j:event level=\"WARN\" timestamp=\"1795356001250\"/>\n",
  ]
}
