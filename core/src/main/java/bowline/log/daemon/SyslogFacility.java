package bowline.log.daemon;

/// What kind of program a message comes from (RFC 5424 §6.2.1).
public enum SyslogFacility {
    /// The kernel.
    KERN(0),
    /// A user's program.
    USER(1),
    /// Mail.
    MAIL(2),
    /// A system's service; the usual one for servers.
    DAEMON(3),
    /// Logins and their like.
    AUTH(4),
    /// The syslog daemon itself.
    SYSLOG(5),
    /// Printers.
    LPR(6),
    /// News.
    NEWS(7),
    /// UUCP.
    UUCP(8),
    /// Timed jobs.
    CRON(9),
    /// Logins, for few eyes.
    AUTHPRIV(10),
    /// File transfer.
    FTP(11),
    /// NTP.
    NTP(12),
    /// Audits.
    AUDIT(13),
    /// Alerts.
    ALERT(14),
    /// The other clock daemon.
    CLOCK(15),
    /// For the site to use.
    LOCAL0(16),
    /// For the site to use.
    LOCAL1(17),
    /// For the site to use.
    LOCAL2(18),
    /// For the site to use.
    LOCAL3(19),
    /// For the site to use.
    LOCAL4(20),
    /// For the site to use.
    LOCAL5(21),
    /// For the site to use.
    LOCAL6(22),
    /// For the site to use.
    LOCAL7(23);

    private final int code;

    SyslogFacility(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
