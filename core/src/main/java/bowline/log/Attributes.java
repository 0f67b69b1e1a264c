package bowline.log;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Goes from a value to its parts by name, for the fields of a format (LGR-4). A method that returns
/// nothing is never called: it does something, and showing a value must not.
final class Attributes {

    private Attributes() {}

    /// The record component, result of the method without arguments, or public field of that name.
    static @Nullable Object attribute(@Nullable Object target, String name) throws UnformattableException {
        if (target == null) {
            throw new UnformattableException("null has no \"" + name + "\"");
        }
        try {
            Method method = method(target.getClass(), name);
            if (method != null) {
                return method.invoke(target);
            }
            Field field = target.getClass().getField(name);
            return field.get(target);
        } catch (InvocationTargetException thrown) {
            throw new UnformattableException(describe(target, name) + " threw " + thrown.getCause());
        } catch (NoSuchFieldException | IllegalAccessException absent) {
            throw new UnformattableException(describe(target, name)
                    + " is no public method or field that returns a value, or its package is not open to the log");
        }
    }

    /// The element at a place of a list or array (a negative one counts from the end), or under a key of a map.
    static @Nullable Object item(@Nullable Object target, String key) throws UnformattableException {
        if (target instanceof Map<?, ?> map) {
            if (map.containsKey(key)) {
                return map.get(key);
            }
            throw new UnformattableException("the map has no key \"" + key + "\"");
        }
        try {
            int place = Integer.parseInt(key);
            if (target instanceof List<?> list) {
                return list.get(place < 0 ? list.size() + place : place);
            }
            if (target != null && target.getClass().isArray()) {
                return Array.get(target, place < 0 ? Array.getLength(target) + place : place);
            }
        } catch (NumberFormatException | IndexOutOfBoundsException wrong) {
            throw new UnformattableException("there is no element [" + key + "]");
        }
        throw new UnformattableException("what has no elements was asked for [" + key + "]");
    }

    /// The result of a value that can be called.
    static @Nullable Object call(@Nullable Object target) throws UnformattableException {
        try {
            return switch (target) {
                case Supplier<?> supplier -> supplier.get();
                case Callable<?> callable -> callable.call();
                case null, default -> throw new UnformattableException("only a Supplier or Callable is called by ()");
            };
        } catch (UnformattableException wrong) {
            throw wrong;
        } catch (Exception thrown) {
            throw new UnformattableException(
                    "the value threw " + thrown.getClass().getName());
        }
    }

    /// The accessible public method of that name: the type's own, or that of an interface it implements
    /// when the type itself is hidden.
    private static @Nullable Method method(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            Method own = declared(at, name);
            if (own != null) {
                return own;
            }
            for (Class<?> face : at.getInterfaces()) {
                Method inherited = method(face, name);
                if (inherited != null) {
                    return inherited;
                }
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            boolean shows = method.getReturnType() != void.class && method.getReturnType() != Void.class;
            return shows && method.trySetAccessible() ? method : null;
        } catch (NoSuchMethodException absent) {
            return null;
        }
    }

    private static String describe(Object target, String name) {
        return target.getClass().getName() + "." + name;
    }
}
