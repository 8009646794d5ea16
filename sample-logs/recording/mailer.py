"""The mailer: sends receipts for new orders; logs with Python's own logging, so with tracebacks over many lines."""
import logging, os, sys, time

import psycopg2

logging.basicConfig(filename=sys.argv[1], level=logging.INFO,
                    format="%(asctime)s %(levelname)s [%(name)s] %(message)s")
log = logging.getLogger("mailer.receipts")
last, connection, failures = None, None, 0
log.info("mailer started, polling every 3 s")
while True:
    try:
        if connection is None:
            connection = psycopg2.connect(os.environ["SHOP_DSN"], application_name="mailer")
            connection.autocommit = True
        with connection.cursor() as cursor:
            if last is None:
                cursor.execute("SELECT max(id) FROM orders")
                last = cursor.fetchone()[0]
            begun = time.perf_counter()
            cursor.execute("UPDATE orders SET receipt = now() WHERE id > %s AND receipt IS NULL RETURNING id", (last,))
            numbers = sorted(row[0] for row in cursor.fetchall())
            took = (time.perf_counter() - begun) * 1000
        if numbers:
            log.info("sent %d receipts orders=%d..%d took=%.1fms", len(numbers), numbers[0], numbers[-1], took)
            last = numbers[-1]
        if failures:
            log.info("database answers again after %d failures", failures)
        failures = 0
    except psycopg2.Error:
        failures += 1
        log.exception("cannot mark receipts, attempt=%d", failures)
        if failures % 5 == 0:
            log.critical("receipts are %d polls behind, giving customers no mail", failures)
    time.sleep(3)
