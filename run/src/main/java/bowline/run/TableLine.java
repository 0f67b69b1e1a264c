package bowline.run;

import bowline.process.Spawn;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// One line of the tables that `bowline procmon` and `bowline inetd` read, from a file or an option:
///
///     SUBJECT [SETTING=VALUE ...] VERB [WORD ...]
///     tcp:2000 max-connections=5 run bc -q
///
/// In a file, empty lines and those that begin with `#` are skipped. Words are those of [CommandWords].
///
/// @param place where it stands, for complaints
/// @param inFile whether a file or the command line is to be mended
/// @param subject what it is about
/// @param settings what stands between, by name
/// @param verb what is to be done
/// @param rest the words behind
record TableLine(
        String place, boolean inFile, String subject, Map<String, String> settings, String verb, List<String> rest) {

    /// The largest file that is read, in bytes.
    static final int FILE_MAX_BYTES = 1 << 20;

    /// The most lines of a table.
    static final int MAX_LINES = 1000;

    private static final String ENVIRONMENT = "env.";

    /// The lines of the file that `--config` names, and then those that are given one by one.
    ///
    /// @param form what a line looks like, for complaints
    /// @param each the option that gives one line
    static List<TableLine> of(ServiceArguments arguments, String each, String form) {
        var lines = new ArrayList<TableLine>();
        if (arguments.has("config")) {
            Path file = arguments.path("config");
            int number = 0;
            for (String text : read(arguments, file).split("\n", -1)) {
                number++;
                if (!text.isBlank() && !text.strip().startsWith("#")) {
                    lines.add(parse(file + ", line " + number, true, text.strip(), form));
                }
            }
        }
        for (String text : arguments.list(each)) {
            lines.add(parse("--" + each + " \"" + text + "\"", false, text, form));
        }
        if (lines.isEmpty()) {
            throw new UsageError(
                    "there is nothing to do: neither --" + each + " nor a line of --config says what",
                    "add --" + each + " '" + form + "'");
        }
        if (lines.size() > MAX_LINES) {
            throw new UsageError(
                    lines.size() + " lines are more than the " + MAX_LINES + " that one bowline takes",
                    "share them among several");
        }
        return lines;
    }

    private static String read(ServiceArguments arguments, Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FILE_MAX_BYTES + 1);
        } catch (IOException refused) {
            throw arguments.refusal(
                    "config",
                    arguments.string("config"),
                    "not a file that can be read: " + Refusal.reason(refused).replace("folder", "file"),
                    "give the name of a text file");
        }
        if (bytes.length > FILE_MAX_BYTES) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    file + " is longer than the " + FILE_MAX_BYTES + " bytes that are read; is it the right file?");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Refusal(ExitCode.CONFIGURATION, file + " is not text in UTF-8; is it the right file?", notText);
        }
    }

    private static TableLine parse(String place, boolean inFile, String text, String form) {
        var line = new TableLine(place, inFile, "", Map.of(), "", List.of());
        if (text.indexOf('\0') >= 0) {
            throw line.refusal("has a NUL character, which no path, command or variable can have", "take it out");
        }
        List<String> words;
        try {
            words = CommandWords.of(text);
        } catch (IllegalArgumentException open) {
            throw line.refusal(String.valueOf(open.getMessage()), "close it, or write \\ in front of it");
        }
        var settings = new LinkedHashMap<String, String>();
        int at = 1;
        while (at < words.size() && words.get(at).indexOf('=') > 0) {
            String word = words.get(at++);
            int equals = word.indexOf('=');
            if (settings.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw line.refusal("sets " + word.substring(0, equals) + " twice", "set it once");
            }
        }
        if (at >= words.size()) {
            throw line.refusal("says not what to do", "write " + form);
        }
        return new TableLine(
                place, inFile, words.getFirst(), settings, words.get(at), words.subList(at + 1, words.size()));
    }

    /// Complains about this line: a mistake in a file is one of configuration, any other one of usage.
    RuntimeException refusal(String complaint, String advice) {
        return inFile
                ? new Refusal(ExitCode.CONFIGURATION, place + ": " + complaint + "; " + advice)
                : new UsageError(place + ": " + complaint, advice);
    }

    /// The settings as if they were options: `known` are those there may be, with the values of the command line
    /// as defaults. `directory` and `env.NAME` are left to [#spawn].
    ServiceArguments arguments(List<ServiceOption> known) {
        var given = new LinkedHashMap<String, List<String>>();
        settings.forEach((name, value) -> {
            if (!name.equals("directory") && !name.startsWith(ENVIRONMENT)) {
                given.put(name, List.of(value));
            }
        });
        for (String name : given.keySet()) {
            if (known.stream().noneMatch(option -> option.name().equals(name))) {
                var names =
                        new ArrayList<>(known.stream().map(ServiceOption::name).toList());
                names.addAll(List.of("directory", "env.VARIABLE"));
                throw refusal("there is no setting " + name, "the settings are " + String.join(", ", names));
            }
        }
        return ServiceArguments.of(known, given);
    }

    /// The program behind `run`, with its directory and its environment.
    Spawn spawn() {
        if (rest.isEmpty()) {
            throw refusal(verb + " without a program", "write " + verb + " and the program with its arguments");
        }
        Spawn spawn =
                Spawn.command(rest.getFirst(), rest.subList(1, rest.size()).toArray(String[]::new));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (setting.getKey().equals("directory")) {
                spawn = spawn.directory(directory(setting.getValue()));
            } else if (setting.getKey().startsWith(ENVIRONMENT)) {
                spawn = spawn.env(setting.getKey().substring(ENVIRONMENT.length()), setting.getValue());
            }
        }
        return spawn;
    }

    private Path directory(String text) {
        try {
            Path directory = Path.of(text);
            if (Files.isDirectory(directory)) {
                return directory;
            }
        } catch (InvalidPathException unsayable) {
            // Nor is it there.
        }
        throw refusal("directory " + text + " is none", "name a directory that is there");
    }

    /// Reads a setting by `reader`, and complains as of this line if it cannot be read.
    <T> T reading(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (UsageError error) {
            String message = String.valueOf(error.getMessage());
            throw refusal(message.startsWith("--") ? message.substring(2) : message, error.advice());
        }
    }
}
