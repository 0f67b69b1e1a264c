package bowline.reactor.watch;

import bowline.log.JsonWriter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Descriptions as JSON: each record an object whose members are the record's components.
final class DescriptionJson {
    private DescriptionJson() {}

    static String of(ReactorDescription description) {
        return JsonWriter.write(object(description));
    }

    private static Map<String, @Nullable Object> object(Record described) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (RecordComponent component : described.getClass().getRecordComponents()) {
            try {
                members.put(component.getName(), value(component.getAccessor().invoke(described)));
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError("the records of this package are public", impossible);
            }
        }
        return members;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Record described -> object(described);
            case Duration time -> time.toNanos() / 1e9;
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Collection<?> list -> array(list);
            case Map<?, ?> map -> map(map);
            case Number number -> number;
            case Boolean flag -> flag;
            default -> value.toString();
        };
    }

    private static Collection<@Nullable Object> array(Collection<?> list) {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(value(item)));
        return items;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, member) -> members.put(String.valueOf(value(key)), value(member)));
        return members;
    }
}
