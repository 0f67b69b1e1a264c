package bowline.tls.certificate.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// X.690 §8, §10 and §11.
class DerTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static DerReader reader(String digits) {
        return DerReader.of(hex(digits));
    }

    private static void assertRefused(Reading reading, String words) {
        assertThatExceptionOfType(NotDer.class).isThrownBy(reading::read).withMessageContaining(words);
    }

    private interface Reading {
        void read() throws NotDer;
    }

    @ParameterizedTest
    @CsvSource({"020100, 0", "02017f, 127", "02020080, 128", "0201ff, -1", "020180, -128", "0202ff7f, -129"})
    void integers(String digits, long value) throws NotDer {
        assertThat(reader(digits).integer()).isEqualTo(BigInteger.valueOf(value));
        assertThat(DerWriter.integer(value)).isEqualTo(hex(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02020001", "0202ff80", "0200"})
    void integersThatHaveAShorterForm(String digits) {
        assertRefused(() -> reader(digits).integer(), "INTEGER");
    }

    @Test
    void numbersOutOfBounds() throws NotDer {
        assertThat(reader("020105").integer(5, 5)).isEqualTo(5);
        assertRefused(() -> reader("020106").integer(0, 5), "not from 0 to 5");
        assertRefused(() -> reader("0201ff").integer(0, 5), "not from 0 to 5");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.113549.1.1.1, 06092a864886f70d010101",
        "2.5.29.17, 0603551d11",
        "1.3.101.112, 06032b6570",
        "2.999.3, 0603883703",
        "0.39, 060127"
    })
    void objectIdentifiers(String name, String digits) throws NotDer {
        assertThat(reader(digits).objectIdentifier()).isEqualTo(name);
        assertThat(DerWriter.objectIdentifier(name)).isEqualTo(hex(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0600", "0602 80 01", "0602 2a 86", "0603 2a 80 01"})
    void objectIdentifiersThatAreNone(String digits) {
        assertRefused(() -> reader(digits).objectIdentifier(), "OBJECT IDENTIFIER");
    }

    @Test
    void namesThatAreNoObjectIdentifiers() {
        for (String name : new String[] {"", "1", "1.x", "1.-2", "1..2"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> DerWriter.objectIdentifier(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "30 80 00 00, without end",
        "30 81 05 0000000000, shortest",
        "30 81 80, bytes are left",
        "30 82 007f, shortest",
        "30 85 0000000001 00, longer than anything",
        "30 03 0000, bytes are left",
        "30, length is missing",
        "30 82 01, longer than anything",
        "31 00, SET stands where SEQUENCE must",
        "'', nothing is left where SEQUENCE must stand"
    })
    void lengthsAndTags(String digits, String words) {
        assertRefused(() -> reader(digits).sequence(), words);
    }

    @Test
    @DisplayName("G1: a length of 2^31-1 costs no memory")
    void hugeLengths() {
        assertRefused(() -> reader("04 84 7fffffff 00").octetString(), "a length of 2147483647, and 1 bytes are left");
        assertRefused(() -> reader("04 84 ffffffff 00").octetString(), "bytes are left");
    }

    @Test
    void whatIsTooMuchIsRefused() throws NotDer {
        DerReader reader = reader("0500 00");
        reader.nothing();
        assertRefused(reader::end, "byte 2: 1 bytes too many");
        assertRefused(() -> reader("050100").nothing(), "NULL with something in it");
    }

    @Test
    void tagsOfSeveralBytes() {
        assertRefused(() -> reader("1f8101 00").skip(), "tag of several bytes");
    }

    @Test
    void aPartEndsWhereItsWholeEnds() throws NotDer {
        DerReader inner = reader("3002 0203 010203").sequence();
        assertRefused(inner::integer, "a length of 3, and 0 bytes are left");
    }

    @Test
    void booleansAreOneOfTwoBytes() throws NotDer {
        assertThat(reader("0101ff").bool()).isTrue();
        assertThat(reader("010100").bool()).isFalse();
        assertRefused(() -> reader("010101").bool(), "00 or ff");
        assertThat(DerWriter.bool(true)).isEqualTo(hex("0101ff"));
    }

    @Test
    void bitStringsOfWholeBytes() throws NotDer {
        assertThat(reader("0303 00 abcd").bitString()).isEqualTo(hex("abcd"));
        assertRefused(() -> reader("0302 01 80").bitString(), "whole bytes");
    }

    @ParameterizedTest
    @CsvSource({"0, 030100", "1, 03020780", "5, 030205a0", "96, 03020106", "256, 0303070080"})
    void namedBits(int bits, String digits) {
        assertThat(DerWriter.namedBits(bits)).isEqualTo(hex(digits));
    }

    @Test
    void aSetIsSorted() {
        assertThat(DerWriter.set(DerWriter.integer(2), DerWriter.integer(1))).isEqualTo(hex("3106 020101 020102"));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 170d3730303130313030303030305a",
        "2049-12-31T23:59:59Z, 170d3439313233313233353935395a",
        "2050-01-01T00:00:00Z, 180f32303530303130313030303030305a"
    })
    void times(Instant time, String digits) {
        assertThat(DerWriter.time(time)).isEqualTo(hex(digits));
    }

    @Test
    void longPartsHaveLongLengths() throws NotDer {
        for (int length : new int[] {0, 127, 128, 255, 256, 65_535, 65_536}) {
            byte[] content = new byte[length];
            Arrays.fill(content, (byte) 7);
            byte[] part = DerWriter.octetString(content);
            assertThat(DerReader.of(part).octetString()).isEqualTo(content);
            assertThat(DerReader.of(DerWriter.sequence(part, part)).sequence().element())
                    .isEqualTo(part);
        }
    }

    @Test
    @DisplayName("G1: whatever the bytes are, nothing but NotDer is thrown")
    void anyBytes() {
        Property.check(2_000, Generators.bytes(60), DerTest::readAll);
    }

    /// Reads all that can be read, as deep as it goes.
    private static void readAll(byte[] input) {
        try {
            read(DerReader.of(input), 0);
        } catch (NotDer expected) {
            assertThat(expected.offset()).isBetween(0, input.length);
        }
    }

    private static void read(DerReader parts, int depth) throws NotDer {
        while (parts.hasMore()) {
            if (parts.nextIs(Tag.SEQUENCE) && depth < 10) {
                read(parts.sequence(), depth + 1);
            } else if (parts.nextIs(Tag.INTEGER)) {
                parts.integer();
            } else if (parts.nextIs(Tag.OBJECT_IDENTIFIER)) {
                String name = parts.objectIdentifier();
                assertThat(name).doesNotContain("-").contains(".");
            } else if (parts.nextIs(Tag.BIT_STRING)) {
                parts.bitString();
            } else {
                parts.skip();
            }
        }
        parts.end();
    }
}
