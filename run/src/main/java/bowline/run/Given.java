package bowline.run;

import java.util.List;
import java.util.Map;

/// What the words of a command line say.
///
/// @param values the options given, by name; an empty list for a flag
/// @param help whether `--help` is among them
/// @param rest the first word that is no option, and all behind it
record Given(Map<String, List<String>> values, boolean help, List<String> rest) {}
