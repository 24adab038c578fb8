#!/bin/bash
# A node of EventStoreDB takes the first password of its administrator from the environment and from nowhere else.
set -euo pipefail
EVENTSTORE_DEFAULT_ADMIN_PASSWORD=$(cat /run/secrets/eventstore/eventstore-password)
EVENTSTORE_DEFAULT_OPS_PASSWORD=$EVENTSTORE_DEFAULT_ADMIN_PASSWORD
export EVENTSTORE_DEFAULT_ADMIN_PASSWORD EVENTSTORE_DEFAULT_OPS_PASSWORD
exec /opt/eventstore/EventStore.ClusterNode
