/// Texts of logs for golden screens: a shop whose database is slow for a minute.
enum GoldenLogs {
  static let access = """
    192.0.2.10 - - [14/Mar/2026:14:08:02 +0000] "GET /cart HTTP/1.1" 200 5626 "-" "curl/8.5.0"
    203.0.113.44 - kim [14/Mar/2026:14:08:31 +0000] "POST /api/orders HTTP/1.1" 502 1587 "-" "Mozilla/5.0"
    2001:db8::17 - - [14/Mar/2026:14:08:32 +0000] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.29"
    198.51.100.7 - - [14/Mar/2026:14:09:04 +0000] "GET /search?q=teapot HTTP/1.1" 404 310 "-" "Mozilla/5.0"

    """

  static let shop = """
    {"event":"order placed","level":"info","timestamp":"2026-03-14T14:08:02.517Z","order":8811,"duration":0.041}
    {"event":"payment failed","level":"error","timestamp":"2026-03-14T14:08:31.204Z","order":8812,"duration":2.01,"error":"upstream timed out","retry":true,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
    {"event":"slow query","level":"warning","timestamp":"2026-03-14T14:08:58.900Z","order":8813,"rows":null,"client":{"address":"192.0.2.10","agent":"curl"}}

    """

  static let mailer = """
    2026-03-14 14:08:40,377 ERROR mailer: receipt for order 8812 not sent
    Traceback (most recent call last):
      File "mailer.py", line 41, in send
        order = fetch(order_id)
    TimeoutError: orders did not answer in 2.0s
    2026-03-14 14:09:10,002 INFO mailer: receipt sent order=8813 to=kim@example.org

    """

  static let all = [
    (name: "nginx/access.log", text: access), (name: "shop.jsonl", text: shop), (name: "mailer.log", text: mailer),
  ]

  /// What a terminal must not get, and what takes more or less than a column a character.
  static let wide = """
    2026-03-14T14:08:01Z INFO 注文を受け付けました 顧客=山田太郎 金額=12,800円
    2026-03-14T14:08:02Z WARN cafe\u{301} re\u{301}sume\u{301} a\u{300}\u{301}\u{302}\u{303}\u{304}b naïve
    2026-03-14T14:08:03Z ERROR 👩‍💻 deployed 🚀🤷🏽 ❤️ done flag=🇩🇪 ok
    2026-03-14T14:08:04Z INFO escape \u{1B}[31mred\u{1B}[0m bell \u{7} rtl \u{202E}evil zero\u{200B}width
    2026-03-14T14:08:05Z INFO tab\there 한국어 ｆｕｌｌ

    """
}
