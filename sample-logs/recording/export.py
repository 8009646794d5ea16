"""Writes the raw samples of chosen series, as Prometheus stored them, as OpenMetrics text with timestamps."""
import json, sys, urllib.parse, urllib.request

server, begun, end = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
families = [("http_requests", "counter", "HTTP requests", ["http_requests_total"]),
            ("http_request_duration_seconds", "histogram", "Time to answer",
             ["http_request_duration_seconds_bucket", "http_request_duration_seconds_count", "http_request_duration_seconds_sum"]),
            ("db_connections_in_use", "gauge", "Connections handed out by the pool", ["db_connections_in_use"]),
            ("db_pool_waiting", "gauge", "Requests that wait for a connection", ["db_pool_waiting"]),
            ("db_connections_max", "gauge", "Size of the pool", ["db_connections_max"]),
            ("shop_orders", "counter", "Orders placed", ["shop_orders_total"])]


def samples(name):
    query = urllib.parse.urlencode({"query": "%s[%ds]" % (name, end - begun), "time": end})
    with urllib.request.urlopen(server + "/api/v1/query?" + query) as answer:
        return json.load(answer)["data"]["result"]


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


for family, kind, help_, names in families:
    print("# HELP %s %s\n# TYPE %s %s" % (family, help_, family, kind))
    rows = [(name, series) for name in names for series in samples(name)]

    def group(row):
        labels = row[1]["metric"]
        return tuple(sorted((k, v) for k, v in labels.items() if k not in ("__name__", "le")))

    for name, series in sorted(rows, key=lambda row: (group(row), names.index(row[0]), float(row[1]["metric"].get("le", "0").replace("+Inf", "inf")))):
        labels = ",".join('%s="%s"' % (k, escape(v)) for k, v in sorted(series["metric"].items()) if k not in ("__name__", "job", "instance"))
        for time, value in series["values"]:
            print("%s{%s} %s %.3f" % (name, labels, value, time) if labels else "%s %s %.3f" % (name, value, time))
print("# EOF")
