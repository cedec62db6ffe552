#!/bin/sh
# One worker a node, alone on it; submit with a node for each enrolled host: sbatch --array=0-7 slurm.sh
#SBATCH --job-name=fleet-work
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --exclusive
#SBATCH --time=24:00:00
#SBATCH --signal=B:TERM@60
set -eu
# A run stays with the host that it was planned for: name them by type where nodes are alike, else pin with --nodelist.
host="node-${SLURM_ARRAY_TASK_ID:?submit with --array}"
cd "${STUDY:-$HOME/scheduling-safety-study}"
exec node_modules/.bin/scheduling-safety fleet work --host "$host" --database "$HOME/fleet/$host.url" --until-done
