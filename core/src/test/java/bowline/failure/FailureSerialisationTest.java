package bowline.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// FAI-11: a failure travels between processes without the classes of its exception.
class FailureSerialisationTest {

    @Test
    @DisplayName("FAI-11: type name, message and frames survive a round trip")
    void namesAndFramesSurvive() throws Exception {
        var here = Failure.of(new Unsendable("lost at sea"));

        Failure there = roundTrip(here);

        assertThat(there.typeName()).isEqualTo(Unsendable.class.getName());
        assertThat(there.message()).isEqualTo("lost at sea");
        assertThat(there.value().getStackTrace()).isEqualTo(here.value().getStackTrace());
        assertThat(there.briefTraceback()).isEqualTo(here.briefTraceback());
        assertThat(there.traceback(Failure.Detail.VERBOSE)).contains("Types: " + Unsendable.class.getName());
    }

    @Test
    @DisplayName("FAI-11: check goes by the names of the class and its ancestors")
    void checkGoesByName() throws Exception {
        Failure there = roundTrip(Failure.of(new Unsendable("lost at sea")));

        assertThat(there.type()).isEqualTo(DepartedException.class);
        assertThat(there.check(IllegalStateException.class, IOException.class)).isEqualTo(IOException.class);
        assertThat(there.check("java.io.IOException")).isEqualTo("java.io.IOException");
        assertThat(there.check(ArithmeticException.class)).isNull();
    }

    @Test
    @DisplayName("FAI-11: a second journey changes nothing")
    void aSecondJourneyChangesNothing() throws Exception {
        Failure once = roundTrip(Failure.of(new Unsendable("lost at sea")));

        Failure twice = roundTrip(once);

        assertThat(twice.toString()).isEqualTo(once.toString());
    }

    @Test
    @DisplayName("FAI-11: a traceless failure stays traceless")
    void aTracelessFailureStaysTraceless() throws Exception {
        Failure there = roundTrip(Failure.of(new FailureTest.Traceless()));

        assertThat(there.briefTraceback()).startsWith("Traceback (failure with no frames)");
    }

    private static Failure roundTrip(Failure failure) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Failure) in.readObject();
        }
    }

    /// Its field would not pass through a stream.
    private static final class Unsendable extends IOException {
        @SuppressWarnings("unused")
        private final Object cargo = new Object();

        Unsendable(String message) {
            super(message);
            assert !(cargo instanceof Serializable);
        }
    }
}
