package bowline.attack;

import bowline.attack.Finding.Verdict;
import bowline.bytes.Ascii;

/// One thing that is tried, with a well-behaved client beside.
public final class Attempt {
    private static final int SHOWN_MAX = 80;

    private final Target target;
    private final String rule;
    private final String title;
    private String said = "";
    private String expected = "";
    private boolean alone;

    /// What is tried.
    @FunctionalInterface
    public interface Body {
        /// What is wrong, or nothing: the empty text.
        String wrong() throws Exception;
    }

    Attempt(Target target, String rule, String title) {
        this.target = target;
        this.rule = rule;
        this.title = title;
    }

    /// What is sent, in words.
    public Attempt says(String words) {
        said = words;
        return this;
    }

    /// What is sent: these bytes, and in words what comes behind them.
    public Attempt says(String bytes, String behind) {
        return says(Ascii.quote(bytes, SHOWN_MAX) + behind);
    }

    /// What has to happen.
    public Attempt expects(String words) {
        expected = words;
        return this;
    }

    /// Nobody is served meanwhile: the attempt wants silence, or uses up what one source may have.
    public Attempt alone() {
        alone = true;
        return this;
    }

    /// It cannot be tried, for this reason.
    public Finding not(String why) {
        return found(Verdict.NOT_TRIED, why);
    }

    /// Tries it. The well-behaved client must be served meanwhile, unless [#alone], and in any case afterwards; the
    /// attacker's connections are ended by then.
    public Finding by(Body body) throws Exception {
        GoodClient good = new GoodClient(target);
        if (!alone) {
            good.begin();
        }
        String wrong;
        try {
            wrong = body.wrong();
        } catch (Exception failed) {
            wrong = "the attempt ended with " + failed;
        } finally {
            target.endPeers();
        }
        String meanwhile = good.end();
        if (wrong.isEmpty()) {
            wrong = meanwhile;
        }
        if (wrong.isEmpty()) {
            wrong = target.served("afterwards ");
        }
        return wrong.isEmpty() ? found(Verdict.PASSED, "held; " + good.summary()) : found(Verdict.FAILED, wrong);
    }

    private Finding found(Verdict verdict, String seen) {
        return target.told(new Finding(rule, title, verdict, said, expected, seen));
    }
}
