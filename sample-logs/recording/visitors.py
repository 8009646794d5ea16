"""The visitors: a steady, slightly uneven stream of requests to nginx, in the name of documentation addresses."""
import http.client, math, random, sys, threading, time, uuid

port, seconds = int(sys.argv[1]), float(sys.argv[2])
agents = ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36",
          "shop-android/5.3", "curl/8.5.0"]
addresses = ["203.0.113.%d" % n for n in range(2, 60)] + ["198.51.100.%d" % n for n in range(2, 40)]


def visit(method, path, address, agent, again=2):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
        connection.request(method, path, body=b"{}" if method == "POST" else None, headers={
            "X-Forwarded-For": address, "User-Agent": agent, "X-Request-Id": uuid.uuid4().hex[:16], "Host": "shop.example"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status >= 500 and again > 0:
            time.sleep(random.uniform(0.3, 0.8))
            visit(method, path, address, agent, again - 1)
    except OSError:
        pass


def choose():
    dice = random.random()
    if dice < 0.42: return "GET", "/api/products?page=%d" % random.randrange(1, 30)
    if dice < 0.74: return "GET", "/api/orders/%d" % random.randrange(1, 405_000)
    if dice < 0.93: return "POST", "/api/orders"
    if dice < 0.985: return "GET", "/static/app.css"
    return "GET", random.choice(["/wp-login.php", "/.env", "/favicon.ico"])


end, health = time.monotonic() + seconds, 0
while time.monotonic() < end:
    rate = 4.0 + 1.2 * math.sin(time.monotonic() / 47)
    time.sleep(random.expovariate(rate))
    threading.Thread(target=visit, args=(*choose(), random.choice(addresses), random.choice(agents)), daemon=True).start()
    if time.monotonic() - health > 10:
        health = time.monotonic()
        threading.Thread(target=visit, args=("GET", "/healthz", "192.0.2.10", "kube-probe/1.31"), daemon=True).start()
time.sleep(3)
