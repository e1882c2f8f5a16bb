# Sourced by ./run, ./test and ./portal: what they need before the portal itself can speak. Sets nothing but functions.
# Everything said here goes to standard error: standard output belongs to the verb.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

# say "tiếng Việt" "English": in the terminal's language, as the portal itself does.
say() {
    local language="${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}"
    if [[ $language == vi* ]]; then echo "$1" >&2; else echo "$2" >&2; fi
}

fail() { say "$@"; exit 1; }

# need_packages NAME…: installs the Debian packages that are missing, or prints the command where it may not.
need_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        fail "Thiếu gói Debian. Chạy: sudo apt-get install ${missing[*]}" \
             "Debian packages are missing. Run: sudo apt-get install ${missing[*]}"
    fi
    say "Cài gói: ${missing[*]}" "Installing packages: ${missing[*]}"
    # The portal keeps a cluster of its own: the package shall not start another.
    if [[ ! -d /etc/postgresql-common ]]; then
        mkdir -p /etc/postgresql-common/createcluster.d
        echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/quantrac.conf
    fi
    export DEBIAN_FRONTEND=noninteractive
    { apt-get install -y --no-install-recommends "${missing[@]}" ||
        { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; }; } </dev/null >&2 ||
        fail "Không cài được gói: ${missing[*]}" "These packages could not be installed: ${missing[*]}"
}

# need_postgres: server programs of version 15 or later with PostGIS, whichever Debian has.
need_postgres() {
    local found package
    found=$(ls -d /usr/share/postgresql/*/extension/postgis.control 2>/dev/null | grep -E '/(1[5-9]|[2-9][0-9])/' || true)
    [[ -z $found ]] || return 0
    package=$(apt-cache pkgnames postgresql- 2>/dev/null |
        grep -E '^postgresql-(1[5-9]|[2-9][0-9])-postgis-3$' | sort -V | tail -1 || true)
    package="${package:-postgresql-15-postgis-3}"
    need_packages "${package%-postgis-3}" "$package"
}

need_tools() {
    command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' ||
        fail "Cần .NET SDK 10 (lệnh dotnet trong PATH)." "The .NET 10 SDK is needed (command dotnet on the PATH)."
    command -v npm >/dev/null && (($(node --version | sed 's/^v\([0-9]*\).*/\1/') >= 20)) ||
        fail "Cần Node 20 trở lên, có npm." "Node 20 or later with npm is needed."
}

# build PROJECT: a release build, unless no source changed since the last one; of the portal what is published is what starts: its files are compressed there.
build() {
    local project="$1" verb="build" stamp="$root/$1/bin/Release/sources.sha256" now
    [[ $project != Portal ]] || verb="publish"
    local sources=(Portal Portal.Data Portal.Domain package.json package-lock.json global.json .editorconfig BannedSymbols.txt Directory.*.props)
    [[ $project != Portal.Tests ]] || sources+=(Portal.Tests)
    now=$(cd "$root" && { find "${sources[@]}" \( -name bin -o -name obj -o -name node_modules -o -path '*/wwwroot/lib' \) -prune \
        -o -type f -printf '%p %s %T@\n' 2>/dev/null || true; } | LC_ALL=C sort | sha256sum)
    [[ ! -f $stamp || $(<"$stamp") != "$now" ]] || return 0
    need_tools
    say "Biên dịch $project…" "Building $project…"
    dotnet "$verb" "$root/$project" -c Release -v quiet --nologo </dev/null >&2 ||
        fail "Biên dịch không thành công." "The build failed."
    echo "$now" > "$stamp"
}
