# shellcheck shell=bash
# cluster-start: a Slurm cluster of two machines on the loopback address, for a suite that
# sources this: munged, slurmctld and a slurmd for each machine. They belong to whoever
# runs the suite, keep all their files in one folder, and end by their pid.
cluster_pids=()

# Debian has the daemons where root alone looks for programs.
cluster_run_daemon() { # NAME COMMAND...
    PATH=$PATH:/usr/sbin "${@:2}" >"$cluster_folder/$1.out" 2>&1 </dev/null &
    cluster_pids+=($!)
}

# The first of three ports side by side that nothing listens on.
cluster_find_ports() {
    local port offset
    while :; do
        port=$((20000 + RANDOM % 10000))
        for offset in 0 1 2; do
            ! (exec 3<>"/dev/tcp/127.0.0.1/$((port + offset))") 2>/dev/null || continue 2
        done
        echo "$port"
        return
    done
}

cluster_configure() {
    local port user
    port=$(cluster_find_ports) user=$(id -un)
    mkdir -p "$cluster_folder/state" "$cluster_folder/node1" "$cluster_folder/node2" || return
    : >"$cluster_folder/cgroup.conf"
    cat >"$SLURM_CONF" <<CONF
ClusterName=suite
SlurmctldHost=$(uname -n)(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$cluster_folder/munge.socket
StateSaveLocation=$cluster_folder/state
SlurmdSpoolDir=$cluster_folder/%n
SlurmctldPidFile=$cluster_folder/slurmctld.pid
SlurmdPidFile=$cluster_folder/%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
# two nodes on one machine, whatever that has
SlurmdParameters=config_overrides
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
KillWait=2
SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000,bf_interval=1
NodeName=node[1-2] NodeHostname=$(uname -n) NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + 2))] CPUs=2
PartitionName=main Nodes=ALL Default=YES
CONF
}

cluster_wait_for() { # SECONDS COMMAND...: until it succeeds
    local turn
    for ((turn = 0; turn < 10 * $1; turn++)); do
        ! "${@:2}" 2>/dev/null || return 0
        sleep 0.1
    done
    return 1
}

cluster_is_up() {
    [[ $(sinfo --noheader --format='%T %D') == 'idle 2' ]]
}

cluster_has_no_job() {
    [[ ! $(squeue --noheader) ]]
}

# Starts the cluster, and sets SLURM_CONF for the programs that use it.
cluster_start() { # FOLDER, which is made
    cluster_folder=$1
    export SLURM_CONF=$cluster_folder/slurm.conf
    mkdir -p "$cluster_folder" && cluster_configure || return
    (umask 077 && head -c 128 /dev/urandom >"$cluster_folder/munge.key") || return
    cluster_run_daemon munged munged --force --foreground --key-file="$cluster_folder/munge.key" \
        --socket="$cluster_folder/munge.socket" --pid-file="$cluster_folder/munged.pid" \
        --log-file="$cluster_folder/munged.log" --seed-file="$cluster_folder/munge.seed"
    cluster_wait_for 10 test -S "$cluster_folder/munge.socket"
    cluster_run_daemon slurmctld slurmctld -D -f "$SLURM_CONF"
    cluster_run_daemon node1 slurmd -D -N node1 -f "$SLURM_CONF"
    cluster_run_daemon node2 slurmd -D -N node2 -f "$SLURM_CONF"
    cluster_wait_for 30 cluster_is_up || { tail -n 5 "$cluster_folder"/*.out && return 1; }
}

# Ends all jobs and then the daemons, the last one first.
cluster_stop() {
    local place pid
    [[ ${cluster_pids[*]} ]] || return 0
    scancel --user="$(id -un)" --signal=KILL --full 2>/dev/null
    scancel --user="$(id -un)" 2>/dev/null
    cluster_wait_for 10 cluster_has_no_job
    for ((place = ${#cluster_pids[@]} - 1; place >= 0; place--)); do
        pid=${cluster_pids[place]}
        kill "$pid" 2>/dev/null
        cluster_wait_for 5 cluster_is_gone "$pid" || kill -9 "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    cluster_pids=()
}

cluster_is_gone() { # PID
    ! kill -0 "$1"
}
