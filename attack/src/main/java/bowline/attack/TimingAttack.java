package bowline.attack;

import bowline.attack.Transcript.Login;
import bowline.bytes.Ascii;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// G12: whether a user exists shows in how, or how quickly, a wrong log-in is refused.
final class TimingAttack implements Attack {
    /// Medians may differ by so much of the slower one, and by what a busy machine does in any case.
    private static final double DIFFERENCE_MAX = 0.3;

    private static final double NOISE_SECONDS = 0.001;

    @Override
    public String rule() {
        return "G12";
    }

    @Override
    public String title() {
        return "users that show in how a log-in is refused";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        Login login = target.transcript().login();
        Attempt attempt = target.attempt(this, "an unknown user and a wrong password");
        if (login == null) {
            return List.of(attempt.not("the transcript has no log-in: give login(…)"));
        }
        int samples = target.limits().samples();
        return List.of(attempt.says(
                        login.unknownUser(),
                        ", and " + Ascii.quote(login.wrongPassword(), 80) + ", " + samples + " times")
                .expects("the same answer after the same time")
                .alone()
                .by(() -> compare(target, login, samples)));
    }

    private static String compare(Target target, Login login, int samples) throws Exception {
        double[] unknown = new double[samples];
        double[] known = new double[samples];
        for (int i = 0; i < samples; i++) {
            Answer one = answer(target, login.unknownUser(), login);
            Answer other = answer(target, login.wrongPassword(), login);
            if (!undated(one).equals(undated(other))) {
                return "an unknown user is told " + Ascii.quote(one.text, 120) + ", a wrong password "
                        + Ascii.quote(other.text, 120);
            }
            unknown[i] = one.seconds;
            known[i] = other.seconds;
        }
        return compare(median(unknown), median(known));
    }

    /// Without the one line that differs by when it was written.
    private static String undated(Answer answer) {
        return answer.text.lines().filter(line -> !line.startsWith("Date:")).collect(Collectors.joining("\n"));
    }

    private static String compare(double unknown, double known) {
        double difference = Math.abs(unknown - known);
        return difference <= Math.max(NOISE_SECONDS, DIFFERENCE_MAX * Math.max(unknown, known))
                ? ""
                : "an unknown user is refused after %.2f ms, a wrong password after %.2f ms (medians)"
                        .formatted(unknown * 1e3, known * 1e3);
    }

    private static double median(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private record Answer(String text, double seconds) {}

    private static Answer answer(Target target, String request, Login login) throws Exception {
        Peer peer = target.connect();
        double begun = target.reactor().seconds();
        peer.say(request);
        if (!peer.comesToBe(() -> login.refused().test(peer.heard()), target.patience())) {
            throw new IllegalStateException("the log-in " + Ascii.quote(request, 80) + " was not refused within "
                    + target.patience().toMillis() + " ms: " + Ascii.quote(peer.heard(), 80));
        }
        var answer = new Answer(peer.heard(), target.reactor().seconds() - begun);
        peer.end();
        return answer;
    }
}
