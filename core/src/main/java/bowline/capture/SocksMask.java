package bowline.capture;

import bowline.capture.Masking.Mask;

/// Covers the password of RFC 1929 in what a SOCKS 5 client sends: after its greeting (RFC 1928, section 3) comes
/// `1, length, name, length, password`. A stream that does not begin so is left alone.
final class SocksMask implements Mask {
    private static final int SOCKS_5 = 5;
    private static final int LOGIN = 1;

    private State state = State.VERSION;
    private int left;

    private enum State {
        VERSION,
        METHOD_COUNT,
        METHODS,
        LOGIN_VERSION,
        NAME_LENGTH,
        NAME,
        PASSWORD_LENGTH,
        PASSWORD,
        OVER
    }

    @Override
    public void cover(byte[] bytes) {
        for (int i = 0; i < bytes.length && state != State.OVER; i++) {
            if (state == State.PASSWORD) {
                bytes[i] = Masking.COVER;
                counted(State.OVER);
            } else {
                step(bytes[i] & 0xFF);
            }
        }
    }

    private void step(int next) {
        switch (state) {
            case VERSION -> state = next == SOCKS_5 ? State.METHOD_COUNT : State.OVER;
            case METHOD_COUNT -> count(next, State.METHODS, State.LOGIN_VERSION);
            case METHODS -> counted(State.LOGIN_VERSION);
            case LOGIN_VERSION -> state = next == LOGIN ? State.NAME_LENGTH : State.OVER;
            case NAME_LENGTH -> count(next, State.NAME, State.PASSWORD_LENGTH);
            case NAME -> counted(State.PASSWORD_LENGTH);
            case PASSWORD_LENGTH -> count(next, State.PASSWORD, State.OVER);
            case PASSWORD, OVER -> throw new IllegalStateException("handled before");
        }
    }

    private void count(int length, State within, State behind) {
        left = length;
        state = length == 0 ? behind : within;
    }

    private void counted(State behind) {
        if (--left == 0) {
            state = behind;
        }
    }
}
