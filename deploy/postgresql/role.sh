#!/bin/sh
# Makes the role of the bot: no superuser, it owns its schema and nothing else, and nobody else may connect. The image of
# PostgreSQL runs it once, when it makes its cluster (compose.yaml). By hand, as a superuser of a server of your own, with
# an empty database: POSTGRES_USER=postgres POSTGRES_DB=disposisi DISPOSISI_PASSWORD=… sh role.sh
set -eu
: "${DISPOSISI_PASSWORD:?names no password for the bot}"
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=password="$DISPOSISI_PASSWORD" \
    --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE disposisi LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
-- Who may connect can take the lock of the process that leads, and then no process does.
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
-- CREATE is for `disposisi restore --replace`, which keeps what was there in a schema of its own.
GRANT CONNECT, CREATE ON DATABASE :"DBNAME" TO disposisi;
ALTER SCHEMA public OWNER TO disposisi;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SQL
