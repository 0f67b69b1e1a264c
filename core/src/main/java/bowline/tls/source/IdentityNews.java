package bowline.tls.source;

import bowline.log.Logger;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tells the log what is new since files were read before: one line for each thing, once.
final class IdentityNews {
    private static final Logger log = Logger.of(CertificateFolder.class);

    private final String title;
    private final FolderOptions options;
    private Set<String> toldConflicts = Set.of();
    private boolean toldDefault;
    private boolean toldTooMany;
    private boolean toldEmpty;

    /// @param title of the source
    IdentityNews(String title, FolderOptions options) {
        this.title = title;
        this.options = options;
    }

    /// What is different in `now`.
    void tell(Reading.Result before, Reading.Result now, Catalogue catalogue) {
        now.identities()
                .values()
                .forEach(each -> tellIdentity(before.identities().get(each.name()), each));
        before.identities().values().stream()
                .filter(each -> !now.identities().containsKey(each.name()))
                .forEach(gone -> log.info("certificate taken away: {identity}", gone));
        now.broken().forEach((name, why) -> tellBroken(before, now, name, why));
        now.remarks().forEach(each -> log.warn("{remark}", each));
        tellConflicts(catalogue);
        tellDefault(catalogue);
        tellTooMany(now.found());
        toldEmpty = false;
    }

    private static void tellIdentity(@Nullable LoadedIdentity before, LoadedIdentity now) {
        if (before == null) {
            log.info("certificate loaded: {identity}", now);
        } else if (!before.equals(now)) {
            log.info("certificate replaced: {identity}", now);
            if (before.server().clientCertificates() != ClientCertificates.NOT_ASKED
                    && now.server().clientCertificates() == ClientCertificates.NOT_ASKED) {
                log.warn(
                        "clients that ask for {hosts} need no certificate any more: {name} has no file of authorities"
                                + " for them now",
                        now.names(),
                        now.name());
            }
        }
    }

    private static void tellBroken(Reading.Result before, Reading.Result now, String name, Reading.Broken why) {
        if (!why.isAs(before.broken().get(name))) {
            log.error(
                    now.identities().containsKey(name)
                            ? "certificate not replaced, the former one goes on: {why}"
                            : "certificate not loaded: {why}",
                    why.message());
        }
    }

    private void tellConflicts(Catalogue catalogue) {
        catalogue.conflicts().stream()
                .filter(each -> !toldConflicts.contains(each))
                .distinct()
                .forEach(each -> log.warn("{conflict}", each));
        toldConflicts = new TreeSet<>(catalogue.conflicts());
    }

    private void tellDefault(Catalogue catalogue) {
        boolean missing = options.defaultName() != null && !catalogue.hasDefault();
        if (missing && !toldDefault) {
            log.error(
                    "there is no certificate for {name} in {title}, which is to be the default: clients that ask for no name,"
                            + " or for one that has none, are refused",
                    options.defaultName(),
                    title);
        }
        toldDefault = missing;
    }

    private void tellTooMany(int found) {
        boolean tooMany = found > options.identitiesMax();
        if (tooMany && !toldTooMany) {
            log.error(
                    "{title} has {found} certificates, and the limit identitiesMax leaves out all behind the first {most}",
                    title,
                    found,
                    options.identitiesMax());
        }
        toldTooMany = tooMany;
    }

    /// All files are gone at once.
    void tellEmpty() {
        if (!toldEmpty) {
            log.error(
                    "there is no certificate in {title} any more; the former ones go on until there are others", title);
        }
        toldEmpty = true;
    }
}
