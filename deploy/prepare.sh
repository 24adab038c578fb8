#!/bin/bash
# Makes what a cluster needs once: certificates and secrets. What is there stays as it is, so every start may run it.
#   prepare.sh         what is missing
#   prepare.sh renew   new certificates for the nodes of EventStoreDB and for the door, from the same authorities
# Every audience has a folder (a volume) of its own. The keys of the authorities are in none that a server sees.
set -euo pipefail
umask 077

root=${PREPARE_ROOT:-}
as() { [ -n "$root" ] || chown -R "$1" "$2"; } # a test that runs this is not root
nodes=(eventstore-1 eventstore-2 eventstore-3)
days=365

authority() { # folder
  [ -f "$1/ca.key" ] || es-gencert-cli create-ca -days 3650 -out "$1"
}

certificate() { # authority, folder, names
  if [ "${mode:-}" != renew ] && [ -f "$2/node.crt" ]; then return; fi
  rm -rf "$2.new"
  es-gencert-cli create-node -ca-certificate "$1/ca.crt" -ca-key "$1/ca.key" -out "$2.new" -days "$days" -dns-names "$3"
  rm -rf "$2"
  mv "$2.new" "$2"
}

public() { # from, to: the authority's certificate, which everybody may know
  mkdir -p "$(dirname "$2")"
  cp "$1" "$2"
  chmod 444 "$2"
}

secret() { # a file in the first folder; copied into the others
  local file=$1 first=$2 bytes=$3
  shift 3
  if [ ! -f "$first/$file" ]; then
    head -c "$bytes" /dev/urandom | base64 | tr -d '\n' > "$first/$file.new"
    # A password may be part of an address; the master key is read as it is.
    if [ "$file" != vault-key ]; then tr '+/' '-_' < "$first/$file.new" | tr -d '=' > "$first/$file.safe" && mv "$first/$file.safe" "$first/$file.new"; fi
    mv "$first/$file.new" "$first/$file"
  fi
  for other in "$@"; do cp "$first/$file" "$other/$file"; done
}

address() { # role, folder
  printf 'postgres://%s:%s@postgres:5432/ledger' "$1" "$(cat "$2/database-password")" > "$2/database-url"
}

mode=${1:-}
authority "$root/authority/log"
authority "$root/authority/door"
for node in "${nodes[@]}"; do certificate "$root/authority/log" "$root/certificates/$node" "$node,localhost"; done
names=localhost
if [ "${LEDGER_DOMAIN:-localhost}" != localhost ]; then names="$LEDGER_DOMAIN,localhost"; fi
certificate "$root/authority/door" "$root/door/server" "$names"
public "$root/authority/log/ca.crt" "$root/certificates/ca/ca.crt"
public "$root/authority/log/ca.crt" "$root/trust/ca.crt"
public "$root/authority/door/ca.crt" "$root/door/ca.crt"

secrets=$root/secrets
secret eventstore-password "$secrets/eventstore" 24 "$secrets/api" "$secrets/projector"
secret postgres-password "$secrets/postgres" 24
secret database-password "$secrets/api" 24
secret database-password "$secrets/projector" 24
secret vault-key "$secrets/api" 32
address ledger_api "$secrets/api"
address ledger_projector "$secrets/projector"

chmod 755 "$root/certificates" "$root/certificates/ca" "$root/trust" "$root/door"
# Whoever sets the roles reads these two, as one of the group, and nothing else there.
chmod 750 "$secrets/api" "$secrets/projector"
chmod 440 "$secrets/api/database-password" "$secrets/projector/database-password"
as 1000:1000 "$root/certificates" # EventStoreDB
as 101:101 "$root/door"           # nginx
as 1000:1000 "$secrets/eventstore"
as 1000:1000 "$secrets/api"
as 1000:1000 "$secrets/projector"
as 999:999 "$secrets/postgres"
