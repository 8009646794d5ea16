#!/bin/bash
# The culprit: a maintenance job that moves old orders away, all under one lock, and reports to syslog.
say() { logger --socket "$SYSLOG" --tag "order-archiver" --id=$$ --priority "$1" -- "$2"; }
say cron.info "started by cron: archive orders older than 90 days"
{
  echo "BEGIN; LOCK TABLE orders IN EXCLUSIVE MODE;"
  for batch in $(seq 1 14); do
    echo "INSERT INTO orders_archive SELECT * FROM orders WHERE id % 14 = $batch - 1 ORDER BY md5(id::text);"
    echo "\\! logger --socket '$SYSLOG' --tag order-archiver --id=$$ --priority cron.notice 'batch $batch of 14 moved, lock held on orders'"
    echo "SELECT pg_sleep(8);"
  done
  echo "COMMIT;"
} | psql -q -X "$SHOP_DSN" > /dev/null
say cron.info "finished: 14 batches, lock released"
