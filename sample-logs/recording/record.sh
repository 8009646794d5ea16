#!/bin/bash
# Records the incident of ../: starts PostgreSQL, the shop behind nginx, a mailer, syslog and Prometheus on loopback,
# lets visitors come for fourteen minutes with the archiver in the middle, and writes the logs and the metrics.
# Needs (Debian): postgresql nginx-light rsyslog prometheus, and python3 with structlog prometheus_client psycopg2-binary.
# Usage: record.sh OUTPUT_DIRECTORY [SECONDS]
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
seconds=${2:-840}
work=/tmp/shop
mkdir -m 755 "$work" || { echo "record.sh: $work exists; remove it first" >&2; exit 2; }
cp "$(dirname "$0")"/*.py "$(dirname "$0")"/*.sh "$work"
pg=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
children=()
finish() { for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done; as_postgres "$pg/pg_ctl" -D "$work/pg" -m fast stop >/dev/null 2>&1 || true; }
trap finish EXIT
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

export SYSLOG="$work/syslog.sock" SHOP_DSN="host=127.0.0.1 port=15432 user=shop dbname=shop options='-c statement_timeout=3500'"
cat > "$work/rsyslog.conf" <<END
global(localHostname="shop-1")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="$SYSLOG" CreatePath="on")
\$ActionFileDefaultTemplate RSYSLOG_FileFormat
*.* $out/syslog
END
rsyslogd -n -f "$work/rsyslog.conf" -i "$work/rsyslog.pid" & children+=($!)

mkdir "$work/pg" "$work/pglog"
[ "$(id -u)" = 0 ] && chown postgres "$work/pg" "$work/pglog"
as_postgres "$pg/initdb" -D "$work/pg" -A trust >/dev/null
as_postgres "$pg/pg_ctl" -D "$work/pg" -w -l "$work/pglog/postgresql.log" -o "-p 15432 -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c log_min_duration_statement=400 -c log_lock_waits=on -c deadlock_timeout=700ms -c log_checkpoints=on -c checkpoint_timeout=60s -c timezone=UTC -c log_timezone=UTC" start >/dev/null
psql -q -X -h 127.0.0.1 -p 15432 -U postgres postgres <<'END'
ALTER SYSTEM SET log_line_prefix = '%m [%p] %q%a %u@%d ';
SELECT pg_reload_conf() \g /dev/null
CREATE USER shop SUPERUSER;
CREATE DATABASE shop OWNER shop;
END
psql -q -X -h 127.0.0.1 -p 15432 -U shop shop <<'END'
CREATE TABLE products AS SELECT id, 'product ' || id AS name, (random() * 90 + 5)::numeric(8, 2) AS price FROM generate_series(1, 500) id;
CREATE TABLE orders (id serial PRIMARY KEY, customer int, total numeric(8, 2), receipt timestamptz);
INSERT INTO orders (customer, total, receipt) SELECT (random() * 900)::int, random() * 200, now() FROM generate_series(1, 400000);
CREATE TABLE orders_archive (LIKE orders);
ANALYZE;
END
: > "$work/pglog/postgresql.log"

cat > "$work/nginx.conf" <<END
user root; pid $work/nginx.pid; error_log syslog:server=unix:$SYSLOG,nohostname warn; worker_processes 2;
events {}
http {
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For; access_log $out/access.log combined;
  server { listen 127.0.0.1:18080; server_name shop.example;
    location /api/ { proxy_pass http://127.0.0.1:18081; proxy_read_timeout 4s; }
    location = /healthz { proxy_pass http://127.0.0.1:18081; }
    location = /static/app.css { return 200 "body{margin:0}\n"; } } }
END
cat > "$work/prometheus.yml" <<END
global: { scrape_interval: 5s }
scrape_configs: [ { job_name: shop, static_configs: [ { targets: ["127.0.0.1:18081"] } ] } ]
END
SHOP_DSN="$SHOP_DSN application_name=shop" python3 "$work/shop.py" "$out/shop.log" 18081 2>"$work/shop.err" & children+=($!)
python3 "$work/mailer.py" "$out/mailer.log" & children+=($!)
nginx -c "$work/nginx.conf" -g 'daemon off;' & children+=($!)
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" --web.listen-address=127.0.0.1:19090 2>"$work/prometheus.err" & children+=($!)
until curl -s -o /dev/null http://127.0.0.1:18080/healthz && curl -s -o /dev/null http://127.0.0.1:19090/-/ready; do sleep 0.2; done
begun=$(date +%s)
python3 "$work/visitors.py" 18080 "$seconds" &
visitors=$!
sleep $((seconds * 5 / 14))
SHOP_DSN="host=127.0.0.1 port=15432 user=shop dbname=shop application_name=order-archiver" bash "$work/archiver.sh" &
archiver=$!
wait "$archiver"
wait "$visitors"
sleep 6
python3 "$work/export.py" http://127.0.0.1:19090 "$begun" "$(date +%s)" > "$out/metrics.om"
install -m 644 "$work/pglog/postgresql.log" "$out/postgresql.log"
