/// Rules about who may know whom, checked on class files: no cycles, floors, pure `@SansIo` packages, a map for each.
///
/// Start at [LayoutRules]; it asks [Rooms], the packages found in folders and jars, which [ClassFacts] fill.
///
///     class files ── Rooms.in ──▶ packages and their uses ── LayoutRules ──▶ sentences about what is wrong
///
/// A module of your own protocols can be checked by the same rules: `LayoutRules.of(Rooms.in(classesFolder))`.
/// May know: the class-file API of the JDK. Must not know: any particular room.
@NullMarked
package bowline.junit.layout;

import org.jspecify.annotations.NullMarked;
