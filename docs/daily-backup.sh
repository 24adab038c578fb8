#!/usr/bin/env bash
# 每天一份备份,写完即核对;前一份已有的附件用硬链接。保留35天,以及每月1日的一份。
# One backup a day, verified at once; papers that the one before has are linked. Kept for 35 days, the first of a month for good.
set -euo pipefail
umask 077
# 变量要写绝对路径,目录要先建好,磁盘要先挂上。Whole paths of directories that are there; a disk that is not mounted is not filled in its place.
directory() {
  [ -n "$2" ] || { echo "未备份:请设置$1,即$3。No backup was made: set $1, $4." >&2; exit 1; }
  [ -d "$2" ] || { echo "未备份:$1=$2 不是目录。请先建好$3(在另一块磁盘上的,先挂载)。No backup was made: $1=$2 is no directory. Make it first, $4 (mount its disk, if it has one)." >&2; exit 1; }
}
directory LEDGER_DATA "${LEDGER_DATA:-}" 账本的数据目录 'the data directory of the ledger'
directory LEDGER_BACKUPS "${LEDGER_BACKUPS:-}" 存放备份的目录 'where backups go'
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
