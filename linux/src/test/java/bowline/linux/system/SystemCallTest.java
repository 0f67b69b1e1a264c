package bowline.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our table of system calls beside the headers of the kernel, of either processor wherever they lie.
class SystemCallTest {
    private static final Pattern NUMBER = Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)\\b.*");

    @ParameterizedTest
    @CsvSource({
        "X86_64, /usr/include/x86_64-linux-gnu/asm/unistd_64.h",
        "AARCH64, /usr/include/asm-generic/unistd.h",
        "AARCH64, /usr/aarch64-linux-gnu/include/asm-generic/unistd.h"
    })
    @DisplayName("Every number is the one that the kernel's header gives")
    void isTheKernels(Machine machine, Path header) throws IOException {
        assumeTrue(Files.exists(header), "no kernel headers (Debian's linux-libc-dev): " + header);
        Map<String, Integer> kernel = numbers(header);
        for (SystemCall call : SystemCall.values()) {
            assertThat(call.number(machine))
                    .as(call.name())
                    .isEqualTo(kernel.get(call.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Map<String, Integer> numbers(Path header) throws IOException {
        var numbers = new HashMap<String, Integer>();
        for (String line : Files.readAllLines(header)) {
            var matcher = NUMBER.matcher(line);
            if (matcher.matches()) {
                numbers.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
            }
        }
        return numbers;
    }
}
