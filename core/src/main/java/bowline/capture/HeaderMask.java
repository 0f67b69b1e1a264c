package bowline.capture;

import bowline.capture.Masking.Mask;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Covers the values of some header lines, and of the folded lines that go on with them. It does not know where a body
/// begins, so a line of a body that looks like such a header is covered as well.
final class HeaderMask implements Mask {
    private final Set<String> names;
    private final int nameMax;
    private final StringBuilder name = new StringBuilder();
    private State state = State.NAME;
    private boolean folds;

    private enum State {
        /// From the beginning of a line to its colon.
        NAME,
        /// In a value that is covered.
        SECRET,
        /// In any other line.
        OTHER
    }

    HeaderMask(Set<String> lowerCaseNames) {
        names = lowerCaseNames;
        nameMax = names.stream().mapToInt(String::length).max().orElse(0);
    }

    static Set<String> lowerCase(String... names) {
        var lower = new TreeSet<String>();
        for (String name : names) {
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        return lower;
    }

    @Override
    public void cover(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (isSecret(bytes[i])) {
                bytes[i] = Masking.COVER;
            }
        }
    }

    private boolean isSecret(byte next) {
        if (next == '\n') {
            folds = state == State.SECRET;
            state = State.NAME;
            name.setLength(0);
            return false;
        }
        if (state == State.NAME) {
            inName(next);
            return false;
        }
        return state == State.SECRET && next != '\r' && next != ' ';
    }

    private void inName(byte next) {
        if (name.isEmpty() && (next == ' ' || next == '\t')) {
            state = folds ? State.SECRET : State.OTHER;
        } else if (next == ':') {
            state = names.contains(name.toString()) ? State.SECRET : State.OTHER;
        } else if (name.length() == nameMax) {
            state = State.OTHER;
        } else {
            name.append((char) (next >= 'A' && next <= 'Z' ? next + ('a' - 'A') : next & 0xFF));
        }
    }
}
