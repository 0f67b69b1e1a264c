package bowline.log.daemon;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// What syslog is told of the program in every message, and how long one may be.
///
/// @param facility the kind of program
/// @param hostname the machine's name, up to 255 characters; `-` for none (RFC 5424 §6.2.4)
/// @param appName the program's name, up to 48 characters (§6.2.5)
/// @param procId the process, up to 128 characters (§6.2.6)
/// @param structuredDataId under which name the event's keys are sent: with the number of an enterprise behind an
///     `@`, up to 32 characters (§6.3.2). That in [#STRUCTURED_DATA_ID] is the number set aside for examples
///     (RFC 5612): who has one of their own names it here
/// @param messageMaxBytes longest message sent, without its frame; what is longer is cut (§6.1)
public record SyslogOptions(
        SyslogFacility facility,
        String hostname,
        String appName,
        String procId,
        String structuredDataId,
        int messageMaxBytes) {

    /// What every receiver takes (RFC 5424 §6.1).
    public static final int MESSAGE_LEAST_BYTES = 480;

    /// What every receiver should take, and the usual limit for datagrams (RFC 5424 §6.1, RFC 5426 §3.2).
    public static final int DATAGRAM_MAX_BYTES = 2_048;

    /// The usual limit for streams: what rsyslog takes as it is delivered.
    public static final int STREAM_MAX_BYTES = 8_096;

    /// The longest that a UDP datagram can be (RFC 768, RFC 791).
    public static final int UDP_MAX_BYTES = 65_507;

    /// The name of the event's keys when nothing else is said.
    public static final String STRUCTURED_DATA_ID = "bowline@32473";

    /// Checks that a message has room.
    public SyslogOptions {
        if (messageMaxBytes < MESSAGE_LEAST_BYTES) {
            throw new IllegalArgumentException("a limit of " + messageMaxBytes + " bytes for a syslog message; every"
                    + " receiver takes " + MESSAGE_LEAST_BYTES + " (RFC 5424 §6.1)");
        }
    }

    /// Those of this process under the name `appName`: a daemon on this machine, with messages as long as streams
    /// have them. Looks the machine's name up, which may take a moment.
    public static SyslogOptions of(String appName) {
        return new SyslogOptions(
                SyslogFacility.DAEMON,
                machineName(),
                appName,
                String.valueOf(ProcessHandle.current().pid()),
                STRUCTURED_DATA_ID,
                STREAM_MAX_BYTES);
    }

    /// The same with another facility.
    public SyslogOptions withFacility(SyslogFacility other) {
        return new SyslogOptions(other, hostname, appName, procId, structuredDataId, messageMaxBytes);
    }

    /// The same with another name for the event's keys.
    public SyslogOptions withStructuredDataId(String other) {
        return new SyslogOptions(facility, hostname, appName, procId, other, messageMaxBytes);
    }

    /// The same with another limit.
    public SyslogOptions withMessageMaxBytes(int other) {
        return new SyslogOptions(facility, hostname, appName, procId, structuredDataId, other);
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "-";
        }
    }
}
