/// A service of a user's, in a jar that `./bowline` has never seen (RUN-9).
///
/// Start at [ShoutMaker]: its name, its options and the service are all that the command line asks for.
///
///     ./bowline --plugin-path plugin.jar ─▶ ServiceLoader ─▶ ShoutMaker ─▶ Service
package consumer.plugin;
