#!/bin/sh
# Works on other machines through ssh, whose tunnel is the only way to the server on this one.
#   sh examples/fleet/ssh.sh laptop user@laptop.local desk user@desk.local
# Each has a clone of the repository at the same commit in ~/scheduling-safety-study, after `make data PROFILE=smoke` has worked once.
set -eu
port=15432
server="${FLEET_SERVER:-data/fleet-server}"
here=$(sed -E 's|.*@[^:/]+:([0-9]+)/.*|\1|' "$server/admin.url")
workers=
while [ $# -ge 2 ]; do
  label=$1 machine=$2
  shift 2
  scheduling-safety fleet enrol "$label" --database "$server/admin.url" --reach "127.0.0.1:$port" --out "$server/hosts"
  # The address goes through standard input: neither a process list nor a shell's history has it.
  ssh -R "$port:127.0.0.1:$here" -o ExitOnForwardFailure=yes "$machine" "cd scheduling-safety-study && \
    IFS= read -r SCHEDULING_SAFETY_FLEET && export SCHEDULING_SAFETY_FLEET && \
    exec node_modules/.bin/scheduling-safety fleet work --host $label" <"$server/hosts/$label.url" &
  workers="$workers $!"
done
status=0
for worker in $workers; do wait "$worker" || status=1; done
exit "$status"
