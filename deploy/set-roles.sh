#!/bin/bash
# Gives the roles of the ledger their rights and passwords; may be run again, also after the secrets were changed.
set -euo pipefail
PGPASSWORD=$(cat /run/secrets/postgres/postgres-password)
export PGPASSWORD PGHOST=postgres PGUSER=postgres PGDATABASE=ledger
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file /deploy/roles.sql
# By standard input, so that no password is among the arguments of a process.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<SQL
ALTER ROLE ledger_api PASSWORD '$(cat /run/secrets/api/database-password)';
ALTER ROLE ledger_projector PASSWORD '$(cat /run/secrets/projector/database-password)';
SQL
echo 'roles are as deploy/roles.sql says'
