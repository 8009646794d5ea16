import Testing

/// The specification of the language as scripts; see `QueryScript` for their form.
@Suite struct ScriptTests {
  @Test func words() {
    QueryScript.run(
      #"""
      load text
        2026-01-02 10:00:00 INFO connection refused by healthz
        2026-01-02 10:00:01 ERROR Connection Refused
        2026-01-02 10:00:02 WARN slow time*out (a|b) --force
            at Main.run
            caused by timeout
        2026-01-02 10:00:03 INFO time is out of 10:00 http://x std::vector a -> b a=>b
      # A bare word or quoted phrase matches the raw text; bare words are and-ed.
      eval error
        2
        reads as: as typed
      eval "connection refused"
        1 2
      eval 'connection refused'
        1 2
      eval "connection refused" -healthz
        2
        reads as: "connection refused" and not healthz
      eval file not found
        none
        reads as: file and not found
      # Smart case: exact as soon as there is an upper-case letter.
      eval Connection
        2
      eval REFUSED
        none
      # A record is its first line and its continuation lines.
      eval slow main.run
        3
      eval slow "caused by"
        3
      # A wildcard stays on a line; never inside quotes; \* is literal.
      eval time*out
        3 4
      eval "time*out"
        3
      eval time\*out
        3
      eval slow*timeout
        none
      eval *
        all
      eval is*out*10
        4
      # Words with digits first, :: and :// are words.
      eval 10:00 http://x std::vector
        4
      # Minus alone is a word, and so are arrows and long options.
      eval a -> b
        4
        reads as: a and -> and b
      eval a=>b
        4
      eval --force
        3
      eval -force
        1 2 4
      eval !force
        1 2 4
        reads as: not force
      eval - slow
        3
        reads as: - and slow
      eval not not slow
        3
      eval slow or connection refused
        1 2 3
        reads as: slow or connection and refused
      eval slow || connection && healthz
        1 3
        reads as: slow or connection and healthz
      eval (slow or connection) -healthz
        2 3
        reads as: (slow or connection) and not healthz
      eval SLOW OR slow
        3
        reads as: SLOW or slow
      eval "(a|b)"
        3
      eval \(a\|b\)
        3
      eval ""
        all
      """#)
  }

  @Test func regularExpressions() {
    QueryScript.run(
      #"""
      load text
        2026-01-02 10:00:00 INFO Timed out path=/api/v2/orders/7
        2026-01-02 10:00:01 ERROR deadline path=/api/v2/users
        2026-01-02 10:00:02 WARN first
          second line
      eval ~/(time(d )?out|deadline)/i
        1 2
      # ~ is case-sensitive unless /i.
      eval ~/timed/
        none
      eval ~deadline
        2
      eval ~[Tt]imed
        1
      eval ~"imed out"
        1
      # . does not cross a line of the record unless /s; ^ and $ without /m are the record's ends.
      eval ~/first.*second/
        none
      eval ~/first.*second/s
        3
      eval ~/^  second/
        none
      eval ~/^  second/m
        3
      eval ~/line$/
        3
      eval ~/first$/
        none
      eval ~/first$/m
        3
      eval path~/^\/api\/v\d+\/(orders|carts)/
        1
      eval path~/^[/]api/
        1 2
      eval path=~"orders"
        1
        reads as: path~/orders/
      eval path !~ orders
        2
        reads as: path!~/orders/
      # With a space before ~ and none behind, a term of its own begins.
      eval path ~/deadline/
        2
        reads as: path and ~/deadline/
      eval deadline ~/users/
        2
        reads as: deadline and ~/users/
      eval (~a(bc)+ or ~(dead)line)
        2
        reads as: ~/a(bc)+/ or ~/(dead)line/
      """#)
  }

  @Test func contains() {
    QueryScript.run(
      #"""
      load json
        {"status":500,"route":"/api/orders","err":"Timed out","n":"50","ok":true}
        {"status":"500","route":"/API/orders","n":"order 50 failed"}
        {"status":50,"route":"/static/a*b","err":"disk full"}
        {"status":880,"route":"/x"}
        {"status":88,"tags":["Alpha","beta"]}
        {"status":404.0,"err":"5xx seen"}
      # `:` is contains on text, equality on numbers; smart case.
      eval status:50
        3
      eval status:500
        1 2
      eval status:5xx
        1 2
      eval status:88*
        4 5
      eval status:4xx
        6
      eval err:5xx
        6
      eval status:404
        6
      eval route:/api/
        1 2
      eval route:/API/
        2
      eval err:time*out
        1
      eval err:timed*out
        1
      eval err:d*
        1 3
      eval n:50
        1 2
      eval route:a\*b
        3
      eval route:"a*b"
        3
      eval route:"a*r"
        none
      # Quoted means text only.
      eval status:"50"
        1 2 3
      eval ok:true
        1
      eval ok:tru
        1
      # = is exact: case too, and never the part of a text.
      eval err="Timed out"
        1
      eval err="timed out"
        none
      eval route=/api/orders
        1
      eval route=/api/*
        1
      eval route==/api/orders
        1
        reads as: route=/api/orders
      eval route = /api/orders
        1
        reads as: as typed
      # A list of values; spaces around = but never after :.
      eval status:(50 or 88)
        3 5
      eval err:(timed or "disk full")
        1 3
      eval err!:timed
        3 6
      eval err!:(timed or disk)
        6
      eval status!:500
        3 4 5 6
      # Arrays: a test holds if any element holds, != if none equals.
      eval tags:alp
        5
      eval tags=beta
        5
      eval tags=bet
        none
      eval tags!=beta
        none
      eval tags!=gamma
        5
      eval tags:*
        5
      eval tags[0]=Alpha
        5
      eval tags[1]=Alpha
        none
      eval tags[]=beta
        5
      """#)
  }

  @Test func equalityOfNumbers() {
    QueryScript.run(
      #"""
      load json
        {"id":9007199254740993,"x":1.50,"s":"007"}
        {"id":9007199254740992,"x":"1.5","s":"7"}
        {"id":"1e3","x":15e-1,"s":7}
        {"id":1000,"x":1,"s":-7}
        {"id":"0xff","x":1.0,"s":"+7"}
        {"id":12345678901234567890123,"x":"-0","s":"7.0"}
      eval id=9007199254740993
        1
      eval id=9007199254740992
        2
      # No exponent is read in =.
      eval id=1000
        4
      eval id=1e3
        3
      eval id=12345678901234567890123
        6
      eval id=12345678901234567890124
        none
      eval x=1.5
        1 2
      eval x=1
        4 5
      eval x=1.0
        4 5
      eval x=0
        6
      eval s=7
        1 2 3 5 6
      # Quoted means text only.
      eval s="7"
        2 3
      eval s=-7
        4
      eval s in (7, 8)
        1 2 3 5 6
      eval s in ("7", "+7")
        2 3 5
      eval s not in (7)
        4
      eval s NOT IN (7)
        4
        reads as: s not in (7)
      eval s!=7
        4
      # Comparisons are numeric, also when the log wrote strings.
      eval x>1
        1 2 3
      eval x>=1.5
        1 2 3
      eval x<1
        6
      eval id>9007199254740992
        1 6
      eval id>=9007199254740992
        1 2 6
      eval id<=1000
        3 4
      eval s>-8
        all
      eval s > 6
        1 2 3 5 6
        reads as: as typed
      eval s:-7..0
        4
      eval x:1..1.5
        1 2 3 4 5
      eval x!:1..1.5
        6
      """#)
  }

  @Test func absence() {
    QueryScript.run(
      #"""
      load json
        {"level":"debug","f":"x"}
        {"level":"info","f":"y"}
        {"level":"error","g":1,"f":null}
        {"level":"strange","f":""}
        {"f":["x","z"]}
      # f!=x matches only records that have f; not f=x also those without it; null is absent.
      eval f!=x
        2 4
      eval not f=x
        2 3 4
      eval f:*
        1 2 4 5
      eval -f:*
        3
      eval f=*
        1 2 4 5
        reads as: f:*
      eval g:* -f:*
        3
      # An unknown level is absent.
      eval level!=debug
        2 3
      eval level<warn
        1 2
      eval -level:debug
        2 3 4 5
      eval level:*
        1 2 3
      eval -level:*
        4 5
      eval level not in (debug, info)
        3
      """#)
  }

  @Test func levels() {
    QueryScript.run(
      #"""
      load json
        {"level":"trace"}
        {"level":"debug"}
        {"level":"info"}
        {"level":"notice"}
        {"level":"WARNING"}
        {"level":"error"}
        {"level":"crit"}
        {"level":"fatal"}
        {"level":"weird"}
      eval level>=warn
        5 6 7 8
      eval level>warning
        6 7 8
      eval level<=Info
        1 2 3
      eval level<info
        1 2
      eval level:(error or fatal)
        6 8
      eval level:(error or fatal) and not level=fatal
        6
      eval level=ERR
        6
      eval level="error"
        6
      eval level in (crit, panic)
        7 8
      eval level:info..warn
        3 4 5
      eval level=info..warn
        3 4 5
      eval level!:info..warn
        1 2 6 7 8
      eval level:w*
        5
      eval level:*r*
        1 5 6 7
      # The original name can be matched as text.
      eval level:"WARNING"
        5
      eval level~/WARN/
        5
      eval level!~/[a-z]/
        5
      eval .level=weird
        9
      eval .level:weird or level>=emerg
        8 9
      eval level >= warn
        5 6 7 8
        reads as: as typed
      """#)
  }

  @Test func builtInFields() {
    QueryScript.run(
      #"""
      load json web/app.log
        {"msg":"took 5 ms","source":"billing","line":7,"raw":"r","user":{"id":42,"a.b":"lit"},"user.x":"dot"}
        {"msg":"Disk full","source":"web","span":[{"name":"db query","ok":false},{"name":"http","ok":true}]}
        {"msg":"tim\u0065 out\nnext","@timestamp":"x","odd name":"v","user-agent":"curl"}
      eval source:app
        all
      eval file=web/app.log
        all
      eval source!=web/app.log
        none
      eval source:APP
        none
      eval .source=billing
        1
      eval format:json
        all
      eval format:js
        none
      eval format:js*
        all
      eval format=JSON
        all
      eval format!=json
        none
      eval msg:"disk full"
        2
      eval message:disk
        2
      eval .msg="Disk full"
        2
      eval msg:time*out
        3
      eval msg="Disk full"
        2
      eval msg!="Disk full"
        1 3
      eval msg~^took
        1
      eval line:2
        2
      eval line>=2
        2 3
      eval line!=2
        1 3
      eval .line=7
        1
      eval raw:billing
        1
      eval raw!:billing
        2 3
      eval raw~/"Disk/
        2
      # A nested key is a.b; a literal key "a.b" is tried too.
      eval user.id=42
        1
      eval user.x=dot
        1
      eval user.a.b=lit
        1
      eval user:*
        1
      eval span[].name="db query" and span[0].ok=false
        2
      eval span[1].ok=false
        none
      eval span[].ok=true
        2
      eval `odd name`=v
        3
      eval user-agent:curl
        3
      eval @timestamp:x
        3
        reads as: as typed
      """#)
  }

  @Test func units() {
    QueryScript.run(
      #"""
      load json
        {"took_ms":300,"bytes":2097152,"duration":0.3,"t":"18ms","size":"1.5MiB"}
        {"took_ms":18,"bytes":1572864,"duration":"250ms","t":"1m30s","size":"1500"}
        {"took_ms":"90000","bytes":10,"duration":"2.01s","t":90,"size":"2KiB"}
        {"request_seconds":0.018,"wait_us":18000,"cpu_ns":18000000,"x_s":90}
      eval took_ms>250
        1 3
      eval took_ms>250ms
        1 3
      eval took_ms=18ms
        2
      eval took_ms=1m30s
        3
      eval took_ms:90s
        3
      eval request_seconds=18ms wait_us=18ms cpu_ns=18ms x_s=1.5m
        4
      eval request_seconds>=18ms request_seconds<=18ms
        4
      eval bytes>=1.5MiB
        1 2
      eval bytes>=1.5MiB or user.id=42
        1 2
      eval bytes:1.5MiB..1.6MiB
        2
      eval bytes>=1.5Mi
        1 2
      eval bytes>=2M
        1
      eval bytes>5ms
        none
        warn: "bytes" is a size, 5ms is a duration
      # A unit literal against a field of unknown unit matches nothing and warns, naming the field and the count.
      eval duration>=250ms
        2 3
        doubt: the unit of "duration" is not known in 1 record, which do not match
      eval duration(s)>=250ms
        1 2 3
      eval duration(s)>1
        3
      eval duration(ms)<1
        1
      eval t>=18ms
        1 2
        doubt: write it: t(s)
      eval t=18ms
        1
      eval t:18
        none
      eval size>=1.5MiB
        1
      eval size>1500B
        1 3
        doubt: "size" is not known in 1 record
      eval duration:100ms..1s
        2
      eval t>1
        3
      """#.replacing("doubt: write it: t(s)", with: "doubt: state it: t(s)"))
  }
}
