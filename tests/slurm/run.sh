#!/usr/bin/env bash
# Hands in jobs to a Slurm of one node on loopback, and waits until all have ended:
#   tests/slurm/run.sh FOLDER SUBMIT_SCRIPT
# Starts munged, slurmctld and slurmd for this user in FOLDER, on ports that are free, and ends these three and no others.
# Exit code: 0 when every job completed, 77 when Slurm is not installed or cannot start here (the last line says why), 1 otherwise.
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)
submit=$2
PATH=$PATH:/usr/sbin:/sbin
for program in munged slurmctld slurmd sbatch squeue scontrol; do
    command -v "$program" >/dev/null || { echo "$program is not installed"; exit 77; }
done

processes=()
stop() {
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
}
trap stop EXIT

skip() {
    tail -n 5 "$folder"/*.log 2>/dev/null || true
    echo "$1"
    exit 77
}

# Two ports that nobody listens on now.
ports=()
while ((${#ports[@]} < 2)); do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || ports+=("$port")
done
user=$(id -un)
host=$(hostname -s)

chmod 700 "$folder"
mkdir -p "$folder/state" "$folder/spool"
head -c 64 /dev/urandom >"$folder/munge.key"
chmod 600 "$folder/munge.key"
munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" >"$folder/munged.out" 2>&1 &
processes+=($!)

cat >"$folder/slurm.conf" <<CONF
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/jobs.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,bf_interval=1
MailProg=/bin/true
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc)
PartitionName=all Nodes=$host Default=YES MaxTime=00:10:00 State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

slurmctld -D -i >"$folder/slurmctld.out" 2>&1 &
processes+=($!)
slurmd -D -N "$host" >"$folder/slurmd.out" 2>&1 &
processes+=($!)

for _ in $(seq 100); do
    [[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]] && break
    for process in "${processes[@]}"; do kill -0 "$process" 2>/dev/null || skip "a daemon of Slurm ended at once"; done
    sleep 0.1
done
[[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]] || skip "the node did not become idle within 10 seconds"

bash "$submit"
for _ in $(seq 1200); do
    [[ -z $(squeue --noheader) ]] && break
    sleep 0.1
done
squeue --noheader
cat "$folder/jobs.txt"
[[ -z $(squeue --noheader) ]] && ! grep -qv 'JobState=COMPLETED' "$folder/jobs.txt"
