"""Servers, as services in tests."""

import os

from standins import bases
from standins.layer import Layer, Unavailable

START = """\
#!/bin/sh
# Makes a database the first time and runs the server, with the variables that the official image has.
set -eu
data=${PGDATA:-/var/lib/postgresql/data}
user=${POSTGRES_USER:-postgres}
export PATH="/usr/lib/postgresql/VERSION/bin:$PATH"
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
if [ "$1" != postgres ]; then exec "$@"; fi
mkdir -p "$data"
chown -R postgres: "$data"
chmod 700 "$data"
if [ ! -s "$data/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then
    echo "Error: Database is uninitialized and superuser password is not specified." >&2
    exit 1
  fi
  printf '%s\\n' "$POSTGRES_PASSWORD" >/tmp/password
  chown postgres: /tmp/password
  as_postgres initdb --username="$user" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust \\
    --locale=C --encoding=UTF8 --no-sync -D "$data"
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
  if [ "${POSTGRES_DB:-$user}" != postgres ]; then
    echo "CREATE DATABASE \\"${POSTGRES_DB:-$user}\\";" | as_postgres postgres --single -j -D "$data" postgres
  fi
  for script in /docker-entrypoint-initdb.d/*.sql; do
    [ ! -e "$script" ] || as_postgres postgres --single -j -D "$data" "${POSTGRES_DB:-$user}" <"$script"
  done
fi
shift
exec setpriv --reuid=postgres --regid=postgres --clear-groups \\
  postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
"""


def postgres(layer: Layer) -> None:
    """PostgreSQL as Debian packages it, with a start script that does what the official image's does."""
    server = bases.newest(r"postgresql-\d+")
    bases.added(layer, server)
    version = server.rsplit("-", 1)[1]
    programs = f"/usr/lib/postgresql/{version}/bin"
    if not os.path.isdir(programs):
        raise Unavailable(f"no {programs}")
    for name in ("psql", "pg_dump", "pg_isready", "postgres", "initdb"):
        layer.symlink(f"usr/local/bin/{name}", f"{programs}/{name}")
    layer.file("usr/local/bin/docker-entrypoint.sh", START.replace("VERSION", version), 0o755)
