package bowline.socks.message;

/// How a server answers a request (RFC 1928 §6; SOCKS 4 knows only granted and refused).
public enum ReplyCode {
    /// Done as asked.
    SUCCEEDED(0, "succeeded"),
    /// Failed in a way that has no code of its own.
    GENERAL_FAILURE(1, "general failure of the server"),
    /// The server's rules forbid it.
    NOT_ALLOWED(2, "not allowed by the server's rules"),
    /// No way to that network.
    NETWORK_UNREACHABLE(3, "network unreachable"),
    /// The host does not answer, or its name is unknown.
    HOST_UNREACHABLE(4, "host unreachable"),
    /// Nobody listens there.
    CONNECTION_REFUSED(5, "connection refused"),
    /// It took too long.
    TTL_EXPIRED(6, "timed out"),
    /// The server does not do that.
    COMMAND_NOT_SUPPORTED(7, "command not supported"),
    /// The server cannot reach such addresses.
    ADDRESS_TYPE_NOT_SUPPORTED(8, "address type not supported");

    static final int GRANTED_4 = 90;
    static final int REFUSED_4 = 91;
    private static final int NO_IDENTD_4 = 92;
    private static final int OTHER_USER_4 = 93;

    private final int code;
    private final String meaning;

    ReplyCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /// Its number in a version of SOCKS, 4 or 5.
    public int in(int version) {
        if (version == SocksMessage.VERSION_5) {
            return code;
        }
        return this == SUCCEEDED ? GRANTED_4 : REFUSED_4;
    }

    /// What a number means in a version of SOCKS, in words.
    static String meaning(int version, int number) {
        if (version == SocksMessage.VERSION_5) {
            return number < values().length ? values()[number].meaning : "a code that no RFC knows";
        }
        return switch (number) {
            case GRANTED_4 -> "granted";
            case REFUSED_4 -> "refused or failed";
            case NO_IDENTD_4 -> "refused: the proxy cannot ask this host's identd for the user";
            case OTHER_USER_4 -> "refused: this host's identd names another user";
            default -> "a code that SOCKS 4 does not know";
        };
    }

    @Override
    public String toString() {
        return meaning;
    }
}
