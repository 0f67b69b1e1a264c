# Finds the machine's Maven, or installs Debian's where that can be done, and runs it on the JDK that was found. Read by
# ./bowline, ./check, bench/run and consumer/run with `. launcher/maven.sh`.

find_maven() {
    command -v mvn >/dev/null 2>&1 || install_maven
}

install_maven() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "${0##*/}: no Maven on this machine; installing it" >&2
        # A list that could not be refreshed may still know where Maven is.
        apt_said=$({ apt-get update -q; DEBIAN_FRONTEND=noninteractive \
            apt-get install -q -y --no-install-recommends maven; } 2>&1) && return 0
        echo "$apt_said" >&2
    fi
    echo "${0##*/}: no Maven found; install version 3.8 or later (on Debian: apt-get install maven) and try again" >&2
    return 1
}

run_maven() {
    # Older Mavens use what JDK 25 warns of; the warnings are not ours to show.
    MAVEN_OPTS="${MAVEN_OPTS:--Xmx768m} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
        mvn --batch-mode --no-transfer-progress "$@"
}
