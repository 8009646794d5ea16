"""The shop: a small web application that logs with structlog, counts with prometheus_client and stores in PostgreSQL."""
import json, logging, os, random, sys, threading, time, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2
import psycopg2.extensions
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()
requests = Counter("http_requests", "HTTP requests", ["method", "route", "code"], registry=registry)
latency = Histogram("http_request_duration_seconds", "Time to answer", ["route"], registry=registry,
                    buckets=(0.005, 0.025, 0.1, 0.5, 1, 2.5, 5))
in_use = Gauge("db_connections_in_use", "Connections handed out by the pool", registry=registry)
waiting = Gauge("db_pool_waiting", "Requests that wait for a connection", registry=registry)
size = Gauge("db_connections_max", "Size of the pool", registry=registry)
orders = Counter("shop_orders", "Orders placed", ["outcome"], registry=registry)

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(sort_keys=False),
    ],
    logger_factory=structlog.WriteLoggerFactory(file=open(sys.argv[1], "a", buffering=1)),
)
log = structlog.get_logger()


class PoolTimeout(Exception):
    pass


class Pool:
    def __init__(self, dsn, count):
        size.set(count)
        self.free = threading.Semaphore(count)
        self.idle, self.lock, self.dsn = [], threading.Lock(), dsn

    def __enter__(self):
        waiting.inc()
        got = self.free.acquire(timeout=1.5)
        waiting.dec()
        if not got:
            raise PoolTimeout("no database connection became free within 1.5 s")
        in_use.inc()
        try:
            with self.lock:
                connection = self.idle.pop() if self.idle else None
            local.connection = connection or psycopg2.connect(self.dsn)
            return local.connection.cursor()
        except psycopg2.Error:
            self.give_back()
            raise

    def __exit__(self, kind, error, trace):
        connection = local.connection
        if connection.closed == 0:
            connection.rollback() if kind else connection.commit()
            with self.lock:
                self.idle.append(connection)
        self.give_back()

    def give_back(self):
        in_use.dec()
        self.free.release()


local = threading.local()
pool = Pool(os.environ["SHOP_DSN"], 6)


def products(cursor, request):
    cursor.execute("SELECT id, name, price FROM products ORDER BY random() LIMIT 20")
    return 200, [dict(zip(("id", "name", "price"), row)) for row in cursor.fetchall()]


def order(cursor, request):
    cursor.execute("SELECT id, customer, total FROM orders WHERE id = %s", (request["id"],))
    row = cursor.fetchone()
    if row is None:
        log.warning("order not found", order=request["id"])
        return 404, {"error": "no such order"}
    return 200, dict(zip(("id", "customer", "total"), row))


def place(cursor, request):
    customer, total = random.randrange(1, 900), round(random.uniform(8, 240), 2)
    cursor.execute("INSERT INTO orders (customer, total) VALUES (%s, %s) RETURNING id", (customer, total))
    number = cursor.fetchone()[0]
    if random.random() < 0.02:
        log.warning("card declined", order=number, customer=customer, total=total, reason="insufficient_funds")
        orders.labels("declined").inc()
        return 402, {"error": "declined"}
    orders.labels("placed").inc()
    log.info("order placed", order=number, customer=customer, total=total, items=random.randrange(1, 6))
    return 201, {"id": number}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, code, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body, default=str).encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return len(data)

    def serve(self, route, action, request):
        begun = time.perf_counter()
        trace = self.headers.get("X-Request-Id") or uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(trace_id=trace, method=self.command, route=route)
        try:
            with pool as cursor:
                code, body = action(cursor, request)
        except PoolTimeout as error:
            log.error("database pool exhausted", error=str(error), in_use=6)
            code, body = 503, {"error": "busy, try again"}
        except psycopg2.Error:
            log.exception("payment failed" if route == "/api/orders" and self.command == "POST" else "query failed")
            orders.labels("failed").inc()
            code, body = 500, {"error": "internal error"}
        duration = time.perf_counter() - begun
        requests.labels(self.command, route, str(code)).inc()
        latency.labels(route).observe(duration)
        size_ = self.answer(code, body)
        write = log.info if code < 500 else log.error
        if duration > 0.5 and code < 500:
            write = log.warning
        write("request", status=code, duration_ms=round(duration * 1000, 1), bytes=size_)
        structlog.contextvars.clear_contextvars()

    def do_GET(self):
        if self.path == "/metrics":
            self.answer(200, generate_latest(registry), "text/plain; version=0.0.4")
        elif self.path == "/healthz":
            requests.labels("GET", "/healthz", "200").inc()
            self.answer(200, {"ok": True})
            log.debug("healthz", status=200)
        elif self.path.startswith("/api/products"):
            self.serve("/api/products", products, {})
        elif self.path.startswith("/api/orders/") and self.path[12:].isdigit():
            self.serve("/api/orders/:id", order, {"id": int(self.path[12:])})
        else:
            requests.labels("GET", "(other)", "404").inc()
            self.answer(404, {"error": "not found"})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.serve("/api/orders", place, {})


log.info("shop started", version="2.14.0", pool=6, pid=os.getpid())
server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
server.daemon_threads = True
server.request_queue_size = 64
server.serve_forever()
