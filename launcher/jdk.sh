# Finds a JDK 25 or later and exports it as JAVA_HOME. Read by ./bowline and ./check with `. launcher/jdk.sh`.
# A folder says its version in its file `release`: reading that is a thousand times quicker than asking `java -version`.

jdk_version_wanted=25

# The feature version of the JDK in folder $1, or 0 when it is none.
jdk_version() {
    version=0
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS='="' read -r key _ value _; do
        [ "$key" = JAVA_VERSION ] && version=${value%%[!0-9]*}
    done <"$1/release"
    version=${version:-0}
}

jdk_fits() {
    jdk_version "$1"
    [ "$version" -ge "$jdk_version_wanted" ]
}

# Where installers put JDKs: Debian and Fedora, by hand, SDKMAN, IntelliJ, mise, asdf, macOS, Homebrew.
jdk_in_usual_folders() {
    best=
    for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* /usr/local/java/* /usr/local/jdk* \
        "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
        "${HOME:-/root}"/.local/share/mise/installs/java/* "${HOME:-/root}"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        # The oldest that fits: it is the one we are tested with.
        if jdk_fits "$folder" && { [ -z "$best" ] || [ "$version" -lt "$best_version" ]; }; then
            best=$folder best_version=$version
        fi
    done
    [ -n "$best" ]
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
    if [ -n "$on_path" ] && jdk_fits "$on_path"; then
        export JAVA_HOME="$on_path"
    elif jdk_in_usual_folders; then
        export JAVA_HOME="$best"
    else
        cat >&2 <<MESSAGE
${0##*/}: no JDK $jdk_version_wanted or later found in JAVA_HOME, on the PATH or in the usual folders (/usr/lib/jvm, ~/.sdkman, ...).
Install one, for example
    apt install openjdk-25-jdk           where the distribution has it
    sdk install java 25-tem              SDKMAN, https://sdkman.io
    https://adoptium.net/temurin         packages for everything else
or set JAVA_HOME to where it is.
MESSAGE
        return 1
    fi
}
