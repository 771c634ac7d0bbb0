#!/bin/bash
# Runs a command with TERTULIA_TEST_PG_URL set to a PostgreSQL of its own, which is gone afterwards.
# Its durability stays switched on: the tests are about promises, and one of them is that. A test of a
# server that cannot be trusted says otherwise in TERTULIA_TEST_PG_SETTINGS.
# With TERTULIA_PG_TLS_FOLDER it shows the server.pem in there, and takes encrypted connections only.
set -euo pipefail

if [ -n "${TERTULIA_TEST_PG_URL:-}" ]; then
    exec "$@"
fi

programs=$("$(dirname "$0")/find-postgres.sh")
# PostgreSQL refuses to run as root, so it borrows the user that its package made.
as_postgres=()
folder=$(mktemp -d "${TMPDIR:-/tmp}/tertulia-postgres.XXXXXX")
if [ "$(id -u)" = 0 ]; then
    as_postgres=(runuser -u postgres --)
    chown postgres "$folder"
fi
log=$folder/log

stop() {
    (cd / && "${as_postgres[@]}" "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop) || true
    rm -rf "$folder"
}

start() {
    local port=$1
    cat >"$folder/settings" <<-SETTINGS
	listen_addresses = '127.0.0.1'
	port = $port
	unix_socket_directories = '$folder'
	max_connections = 300
	shared_buffers = 128MB
	${TERTULIA_TEST_PG_SETTINGS:-}
	SETTINGS
    chmod 644 "$folder/settings"
    (cd / && "${as_postgres[@]}" "$programs/pg_ctl" --pgdata="$folder/data" --log="$log" \
        --wait --timeout=60 --silent start)
}

trap stop EXIT
(cd / && "${as_postgres[@]}" "$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-instructions >/dev/null)
echo "include '$folder/settings'" >>"$folder/data/postgresql.conf"
if [ -n "${TERTULIA_PG_TLS_FOLDER:-}" ]; then
    for file in server.pem server.key; do
        cp "$TERTULIA_PG_TLS_FOLDER/$file" "$folder/data/$file"
        chmod 600 "$folder/data/$file"
        chown --reference="$folder/data" "$folder/data/$file"
    done
    printf '%s\n' 'ssl = on' "ssl_cert_file = 'server.pem'" "ssl_key_file = 'server.key'" \
        >>"$folder/data/postgresql.conf"
    printf '%s\n' 'local all all trust' 'hostssl all all 127.0.0.1/32 trust' >"$folder/data/pg_hba.conf"
fi

# A port that somebody takes between choosing and binding is simply not the last try.
for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 30000))
    if start "$port"; then
        # No superuser: row-level security, the second tenant wall, would not hold for it.
        "$programs/psql" --quiet --host="$folder" --port="$port" --username=postgres --dbname=postgres \
            --command='CREATE ROLE tertulia LOGIN CREATEDB' \
            --command='CREATE DATABASE tertulia OWNER tertulia'
        export TERTULIA_TEST_PG_URL="postgres://tertulia@127.0.0.1:$port/postgres"
        "$@"
        exit
    fi
done
cat "$log" >&2
exit 1
