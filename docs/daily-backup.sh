#!/usr/bin/env bash
# 每天一份备份,写完即核对;前一份已有的附件用硬链接。保留35天,以及每月1日的一份。
# One backup a day, verified at once; papers that the one before has are linked. Kept for 35 days, the first of a month for good.
set -euo pipefail
umask 077
: "${LEDGER_DATA:?数据目录 the data directory}" "${LEDGER_BACKUPS:?备份目录,最好在另一块磁盘上 where backups go, best another disk}"
cd "$(dirname "$0")/.."

# 同时只有一个;所以残留的 .part 一定是中断留下的。One at a time, so that a .part found now is what an interruption left.
exec 9>"$LEDGER_BACKUPS/.lock"
flock -n 9 || { echo '另一次备份正在进行。Another backup is under way.' >&2; exit 1; }
rm -rf "$LEDGER_BACKUPS"/????-??-??.part

today=$LEDGER_BACKUPS/$(date +%F)
previous=$(find "$LEDGER_BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '????-??-??' | sort | tail -n 1)
npm run --silent ledger -- backup --to "$today" ${previous:+--previous "$previous"}
npm run --silent ledger -- verify-backup --from "$today"
find "$LEDGER_BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '????-??-??' ! -name '????-??-01' -mtime +35 -exec rm -rf {} +
