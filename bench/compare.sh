#!/usr/bin/env bash
# Times this library beside numpy_baseline.py: same loop, same machine, same minutes, one core. Prints Markdown; README.md says what each
# number means.
#
#   bench/compare.sh [MAP.map]...                  the 5 x 5 grid, then each map
#   MEANFIELD_MAPS=FOLDER bench/compare.sh         the 5 x 5 grid, then every map in the folder
#
# Ends with 1 when the two sides disagree, when an evaluation is less exact, allocates or takes more memory than asked, or when a ratio is
# below the one asked for; what is missing on this machine is skipped with a reason.
set -euo pipefail
export LC_ALL=C DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
rounds=5
solves=10

maps=()
for map in "$@"; do
    [[ -f $map ]] || { echo "$map: no such file; allowed: Moving AI maps, *.map" >&2; exit 2; }
    maps+=("$(realpath "$map")")
done
if [[ $# -eq 0 && -n ${MEANFIELD_MAPS:-} ]]; then
    [[ -d $MEANFIELD_MAPS ]] || { echo "MEANFIELD_MAPS is '$MEANFIELD_MAPS'; allowed: a folder with *.map files" >&2; exit 2; }
    for map in "$(realpath "$MEANFIELD_MAPS")"/*.map; do
        [[ -f $map ]] && maps+=("$map")
    done
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
skipped=()
failed=()

python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import numpy, scipy.sparse.linalg' 2>/dev/null; then python=$candidate; break; fi
done
[[ -n $python ]] || skipped+=("the baseline: no python3 with numpy and scipy (Debian: apt-get install python3-numpy python3-scipy)")

pin=()
if command -v taskset >/dev/null; then
    pin=(taskset -c "$(taskset -cp $$ | sed 's/.*[ ,-]//')")
else
    skipped+=("pinning to one core: no taskset (Debian: util-linux)")
fi

for project in bench/MeanField.Benchmarks src/MeanField.Cli; do
    dotnet build -c Release "$project" </dev/null >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log" >&2; exit 1; }
done
ours=bench/MeanField.Benchmarks/bin/Release/net10.0/MeanField.Benchmarks
meanfield=src/MeanField.Cli/bin/Release/net10.0/meanfield

field() { sed -n "s/.*\"$1\": *\([-+0-9.eE]*\).*/\1/p" <<<"$2"; }
calculate() { awk "BEGIN { printf \"$1\", $2 }"; }
holds() { awk "BEGIN { exit !($1) }"; }
minimum() { printf '%s\n' "$@" | sort -g | head -n 1; }
maximum() { printf '%s\n' "$@" | sort -g | tail -n 1; }
median() { printf '%s\n' "$@" | sort -g | awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }
check() { holds "$2" || failed+=("$1"); }

# compare NAME RATIO_ASKED ARGUMENT...; 0 asks for no ratio
compare() {
    local name=$1 asked=$2 round theirs='' mine='' slow=() fast=() ratios=()
    shift 2
    for ((round = 1; round <= rounds; round++)); do
        echo "$name, round $round of $rounds" >&2
        if [[ -n $python ]]; then
            theirs=$("${pin[@]}" "$python" bench/numpy_baseline.py "$@")
            slow+=("$(field microseconds_per_inner "$theirs")")
        fi
        mine=$("${pin[@]}" "$ours" side-by-side "$@")
        fast+=("$(field microseconds_per_inner "$mine")")
        [[ -z $python ]] || ratios+=("$(calculate %.17g "${slow[-1]} / ${fast[-1]}")")
    done

    local slow_median=- ratio=- least=- spread=- difference=-
    if [[ -n $python ]]; then
        slow_median=$(calculate %.1f "$(median "${slow[@]}")")
        ratio=$(calculate %.1f "$(median "${slow[@]}") / $(median "${fast[@]}")")
        least=$(calculate %.1f "$(minimum "${slow[@]}") / $(minimum "${fast[@]}")")
        spread=$(calculate '%.1f to %.1f' "$(minimum "${ratios[@]}"), $(maximum "${ratios[@]}")")
        local a b
        a=$(field max_mean_field "$theirs") b=$(field max_mean_field "$mine")
        difference=$(calculate %.0e "($a > $b ? $a - $b : $b - $a) / $b")
        check "$name: largest mean field $b here, $a in the baseline" "$difference <= 1e-9"
        check "$name: other states than the baseline" "$(field states "$mine") == $(field states "$theirs")"
        check "$name: ratio $ratio, asked $asked" "$ratio >= $asked"
    fi

    local residual bytes peak
    residual=$(field largest_residual "$mine") bytes=$(field allocated_bytes_per_inner "$mine") peak=$(field peak_working_set_megabytes "$mine")
    check "$name: residual $residual, asked 1e-10" "$residual <= 1e-10"
    check "$name: $(calculate %.0f "$bytes") bytes allocated an inner iteration, asked 0" "$bytes == 0"
    check "$name: $peak MB, asked less than 1000" "$peak < 1000"
    [[ $asked != 0 ]] || asked=-
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$(field states "$mine")" \
        "$slow_median" "$(calculate %.1f "$(median "${fast[@]}")")" "$ratio" "$asked" "$least" "$spread" "$difference" \
        "$(calculate %.0e "$residual")" "$(calculate %.0f "$bytes")" "$(calculate %.0f "$peak")" \
        "$(calculate %.1f "1000 * $(field setup_seconds "$mine")")" >>"$scratch/rows"
    echo "    $ours side-by-side ${*/#*\//}" >>"$scratch/commands"
}

# Fewer outer iterations on larger maps, or the baseline would take minutes.
compare_map() {
    local name free outer=1 asked=0
    name=$(basename "$1" .map)
    free=$(tail -n +5 "$1" | tr -cd '.GS' | wc -c)
    if ((free <= 1000)); then outer=20; elif ((free <= 10000)); then outer=5; fi
    case $name in
        room-32-32-4) asked=10 ;;
        Berlin_1_256) asked=15 ;;
    esac
    compare "$name" "$asked" --map "$1" --outer "$outer" --inner 10
}

compare '5 x 5' 20 --empty 5 --outer 200 --inner 10
for map in ${maps[@]+"${maps[@]}"}; do
    compare_map "$map"
done
[[ ${#maps[@]} -gt 0 ]] || skipped+=("maps: none given (arguments, or MEANFIELD_MAPS=FOLDER)")

# The command from the start of the process to its end, with every file written.
solve_milliseconds=()
for ((solve = 1; solve <= solves; solve++)); do
    started=$EPOCHREALTIME
    status=0
    "${pin[@]}" "$meanfield" solve crowd-grid --out "$scratch/run-$solve" </dev/null >"$scratch/solve.log" 2>&1 || status=$?
    ended=$EPOCHREALTIME
    if [[ $status -ne 0 || ! -f $scratch/run-$solve/run.json ]]; then
        skipped+=("solve from start to end: it ended with $status ($(tail -n 1 "$scratch/solve.log" | cut -c 1-200))")
        solve_milliseconds=()
        break
    fi
    solve_milliseconds+=("$(calculate %.1f "1000 * ($ended - $started)")")
done

cpu=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
echo "On ${cpu:-an unnamed processor}, $(getconf _NPROCESSORS_ONLN 2>/dev/null || echo '?') cores, load $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo '?');" \
    ".NET SDK $(dotnet --version)${python:+, NumPy and SciPy $("$python" -c 'import numpy, scipy; print(numpy.__version__, scipy.__version__)')}." \
    "Microseconds an inner iteration, medians of $rounds rounds."
echo
echo '| case | states | baseline µs | here µs | ratio | asked | ratio of minima | pairwise ratios | mean field differs by | residual | bytes | peak MB | set-up ms |'
echo '|---|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|'
cat "$scratch/rows"
echo
echo 'Commands (the baseline: numpy_baseline.py with the same arguments):'
echo
cat "$scratch/commands"
if [[ ${#solve_milliseconds[@]} -gt 0 ]]; then
    echo
    echo "\`meanfield solve crowd-grid\`, process start and files included, $solves times: median $(median "${solve_milliseconds[@]}") ms," \
        "least $(minimum "${solve_milliseconds[@]}") ms, most $(maximum "${solve_milliseconds[@]}") ms (asked: under 500 ms)."
    check "solve takes $(median "${solve_milliseconds[@]}") ms, asked under 500" "$(median "${solve_milliseconds[@]}") < 500"
fi
for reason in ${skipped[@]+"${skipped[@]}"}; do echo; echo "Skipped: $reason"; done
for reason in ${failed[@]+"${failed[@]}"}; do echo; echo "Not met: $reason"; done
[[ ${#failed[@]} -eq 0 ]]
