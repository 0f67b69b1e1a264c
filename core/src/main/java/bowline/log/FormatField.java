package bowline.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `{field}` of a format: where the value is, and how it is to look (LGR-4).
///
/// @param name all that stands before the conversion, as written: `user.names[0]`
/// @param root the event's key: `user`
/// @param steps the way from there to the value: `.names`, `[0]`
/// @param call whether the value is to be called (`()`), and its result is what to show
/// @param conversion `r` for the debug text, `s` for the text, or a space when the value decides
/// @param spec how to lay out the text, as in [FormatSpec]; often empty
record FormatField(String name, String root, List<Step> steps, boolean call, char conversion, String spec) {

    /// One step from a value to another.
    sealed interface Step {

        /// `.name`: a record component, a method without arguments, or a public field.
        record Attribute(String name) implements Step {}

        /// `[key]`: an element of a list or array, or the value under a key of a map.
        record Item(String key) implements Step {}
    }

    /// The field's text in `event`.
    String render(LogEvent event) throws UnformattableException {
        return show(value(event));
    }

    /// The value itself, in `event`.
    @Nullable
    Object value(LogEvent event) throws UnformattableException {
        Object value = event.get(root);
        if (value == null && !event.has(root)) {
            throw new UnformattableException("there is no value for {" + name + "}");
        }
        for (Step step : steps) {
            value = switch (step) {
                case Step.Attribute(String attribute) -> Attributes.attribute(value, attribute);
                case Step.Item(String key) -> Attributes.item(value, key);
            };
        }
        return call ? Attributes.call(value) : value;
    }

    private String show(@Nullable Object value) throws UnformattableException {
        if (spec.isEmpty()) {
            return conversion == 'r' ? ValueText.debugField(value) : ValueText.field(value);
        }
        return ValueText.foreign(FormatSpec.of(spec)
                .apply(
                        switch (conversion) {
                            case 'r' -> ValueText.debug(value);
                            case 's' -> ValueText.plain(value);
                            default -> value;
                        }));
    }
}
