package bowline.tls.certificate;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.NotDer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads certificates: PEM, with as many as there are, or DER.
public final class CertificateReader {
    private static final Logger log = Logger.of(CertificateReader.class);

    /// The longest certificate that is read, in bytes.
    public static final int CERTIFICATE_MAX_BYTES = 1 << 16;

    /// Most files of a folder that are read.
    static final int FILES_MAX = 2_000;

    private static final Set<String> LABELS = Set.of(PemBlock.CERTIFICATE, "X509 CERTIFICATE");
    private static final List<String> ENDINGS =
            List.of(".pem", ".crt", ".cer", ".0", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9");

    private CertificateReader() {}

    /// All in a file, in their order; what else is in it, keys for example, is left alone.
    ///
    /// @throws UnusableMaterial if the file or one of them cannot be read, or there is none
    public static List<X509Certificate> file(Path file) throws UnusableMaterial {
        return bytes(file.toString(), MaterialFile.read(file));
    }

    /// The same of what was read already.
    ///
    /// @param source where it comes from, for errors
    /// @throws UnusableMaterial if one of them cannot be read, or there is none
    public static List<X509Certificate> bytes(String source, byte[] content) throws UnusableMaterial {
        if (!PemReader.looksLikePem(content)) {
            return List.of(der(source, content));
        }
        var certificates = new ArrayList<X509Certificate>();
        for (PemBlock block : PemReader.read(source, content)) {
            if (isCertificate(block)) {
                certificates.add(block(source, block));
            }
        }
        if (certificates.isEmpty()) {
            throw UnusableMaterial.of(source, "there is no certificate in it", "is it the right file?", null);
        }
        return certificates;
    }

    /// All in a file whose makers know what they do: one that this JDK cannot read is left away.
    static List<X509Certificate> bundle(Path file) throws UnusableMaterial {
        var certificates = new ArrayList<X509Certificate>();
        for (PemBlock block : PemReader.read(file.toString(), MaterialFile.read(file))) {
            if (isCertificate(block)) {
                try {
                    certificates.add(block(file.toString(), block));
                } catch (UnusableMaterial strange) {
                    log.info(
                            "left out of the authorities: {why}",
                            Failure.of(strange).message());
                }
            }
        }
        if (certificates.isEmpty()) {
            throw UnusableMaterial.of(file.toString(), "there is no certificate in it", "is it the right file?", null);
        }
        return certificates;
    }

    /// All in the files of a folder that end as certificates do, each once.
    static List<X509Certificate> folder(Path folder) throws UnusableMaterial {
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        for (Path file : files(folder)) {
            certificates.addAll(file(file));
        }
        if (certificates.isEmpty()) {
            throw UnusableMaterial.of(
                    folder.toString(), "no file in it ends in .pem, .crt or .cer", "is it the right folder?", null);
        }
        return List.copyOf(certificates);
    }

    private static List<Path> files(Path folder) throws UnusableMaterial {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(CertificateReader::isNamedLikeOne)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(FILES_MAX + 1L)
                    .toList();
            if (files.size() <= FILES_MAX) {
                return files;
            }
        } catch (IOException unreadable) {
            throw UnusableMaterial.of(
                    folder.toString(),
                    "it cannot be read: " + Failure.of(unreadable).message(),
                    "name a folder with certificates",
                    unreadable);
        }
        throw UnusableMaterial.of(
                folder.toString(), "it has more than " + FILES_MAX + " files", "put them into one file", null);
    }

    private static boolean isNamedLikeOne(Path file) {
        return ENDINGS.stream().anyMatch(String.valueOf(file.getFileName())::endsWith);
    }

    static boolean isCertificate(PemBlock block) {
        return LABELS.contains(block.label());
    }

    static X509Certificate block(String source, PemBlock block) throws UnusableMaterial {
        return der(source + ", line " + block.line(), block.content());
    }

    /// One in DER, and nothing behind it.
    static X509Certificate der(String source, byte[] content) throws UnusableMaterial {
        try {
            if (content.length > CERTIFICATE_MAX_BYTES) {
                throw refusal(source, "longer than " + CERTIFICATE_MAX_BYTES + " bytes", null);
            }
            DerReader whole = DerReader.of(content);
            whole.sequence();
            whole.end();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (NotDer | CertificateException strange) {
            throw refusal(source, Failure.of(strange).message(), strange);
        }
    }

    private static UnusableMaterial refusal(String source, String why, @Nullable Exception cause) {
        return UnusableMaterial.of(
                source,
                "this is no certificate that can be read: " + why,
                "a certificate is PEM, with -----BEGIN CERTIFICATE-----, or DER",
                cause);
    }

    /// Certificates as PEM, one behind the other.
    public static String pem(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (X509Certificate each : certificates) {
            text.append(PemBlock.text(PemBlock.CERTIFICATE, encoded(each)));
        }
        return text.toString();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException broken) {
            throw new IllegalStateException("a certificate that was read cannot be written", broken);
        }
    }
}
