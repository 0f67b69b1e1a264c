# Runs Maven: the machine's own, or one fetched once into ~/.m2. Read by ./bowline and ./check with `. launcher/maven.sh`.

maven_version=3.9.11
maven_sha512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978
maven_home="${HOME:-/root}/.m2/bowline/apache-maven-$maven_version"

run_maven() {
    maven=mvn
    if ! command -v mvn >/dev/null 2>&1; then
        [ -x "$maven_home/bin/mvn" ] || fetch_maven || return 1
        maven=$maven_home/bin/mvn
    fi
    # Older Mavens use what JDK 25 warns of; the warnings are not ours to show.
    MAVEN_OPTS="${MAVEN_OPTS:--Xmx768m} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
        "$maven" --batch-mode --no-transfer-progress "$@"
}

fetch_maven() {
    url=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/$maven_version/apache-maven-$maven_version-bin.tar.gz
    echo "${0##*/}: no Maven on this machine; fetching $maven_version into $maven_home" >&2
    mkdir -p "${maven_home%/*}"
    archive=$maven_home.$$.tar.gz
    if { curl -fsSL -o "$archive" "$url" || wget -q -O "$archive" "$url"; } 2>/dev/null &&
        echo "$maven_sha512  $archive" | sha512sum -c --status &&
        tar -xzf "$archive" -C "${maven_home%/*}"; then
        rm -f "$archive"
        return 0
    fi
    rm -f "$archive"
    echo "${0##*/}: cannot fetch $url; install Maven 3.8 or later (apt install maven) and try again" >&2
    return 1
}
