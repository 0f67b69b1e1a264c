package bowline.tls.engine;

import bowline.tls.certificate.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Identities to test engines with, made once by OpenSSL: a server's by three kinds of keys, a client's, and the
/// authority that vouches for them all. They last for a hundred years and are good for nothing else.
public final class TestIdentities {

    private static final String AUTHORITY = """
            MIIBmjCCAT+gAwIBAgIUTg9nGlvC6U875KPQSmytxP9zMSMwCgYIKoZIzj0EAwIw
            ITEfMB0GA1UEAwwWQm93bGluZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjIwMjQx
            MjFaGA8yMTI2MTAyOTAyNDEyMVowITEfMB0GA1UEAwwWQm93bGluZSB0ZXN0IGF1
            dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCqO0p0pPqlkCMLJLkhZ
            lAfRJOHdctXAxplAW/egYo5PJ42NRx9FXVqJQf0VskWhKuUmJS3Z2n4NV77YrjFM
            g0yjUzBRMB0GA1UdDgQWBBTm2osu/jp3yjIJoDOxCeyZR39biTAfBgNVHSMEGDAW
            gBTm2osu/jp3yjIJoDOxCeyZR39biTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
            BAMCA0kAMEYCIQDZ5rFwXx6ObBK6iJIkfd8zZdl6b/QSOckCSORtZjoXZwIhALUQ
            OMQQgxaZu0mHG31igHxnjNDyS5nU+mn+mLSWA4dF
            """;

    private static final String ED25519 = """
            MIIBhjCCASygAwIBAgIUB5Q4SeE8lvhCRNK6evYFpXyL2q8wCgYIKoZIzj0EAwIw
            ITEfMB0GA1UEAwwWQm93bGluZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjIwMjQx
            MjFaGA8yMTI2MTAyOTAyNDEyMVowFjEUMBIGA1UEAwwLc2VydmVyLnRlc3QwKjAF
            BgMrZXADIQBXmqwLfvfGBgUJ05Hf4kQ0XBKzUwAroT+sDyKZW1dFuKN6MHgwCQYD
            VR0TBAIwADAWBgNVHREEDzANggtzZXJ2ZXIudGVzdDATBgNVHSUEDDAKBggrBgEF
            BQcDATAdBgNVHQ4EFgQU+soHxShZSmUl3HbnRHNFld/zWMwwHwYDVR0jBBgwFoAU
            5tqLLv46d8oyCaAzsQnsmUd/W4kwCgYIKoZIzj0EAwIDSAAwRQIgVhgakw1pNyGk
            +FTy+htVxAXb41CUPUkOGf9caZPl2fYCIQCpO/LyLi51tS0uv4oThtQA40cC9txl
            YLlOA64hYtwvdg==
            """;

    private static final String ED25519_KEY = """
            MC4CAQAwBQYDK2VwBCIEIJC27Q78hX7/bvSu67Txxknzym1P6Ji1beTWNhg0bw1/
            """;

    private static final String EC = """
            MIIBtTCCAVugAwIBAgIUB5Q4SeE8lvhCRNK6evYFpXyL2rAwCgYIKoZIzj0EAwIw
            ITEfMB0GA1UEAwwWQm93bGluZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjIwMjQx
            MjFaGA8yMTI2MTAyOTAyNDEyMVowFjEUMBIGA1UEAwwLc2VydmVyLnRlc3QwWTAT
            BgcqhkjOPQIBBggqhkjOPQMBBwNCAAQrbK2tFgnrkivFXTPUlDwyB5l111Fzzioi
            Frqc8UrsEIt8et6WZGkiRdR4owMOf7ryE9HKHs3SvkwfQFxTcrqco3oweDAJBgNV
            HRMEAjAAMBYGA1UdEQQPMA2CC3NlcnZlci50ZXN0MBMGA1UdJQQMMAoGCCsGAQUF
            BwMBMB0GA1UdDgQWBBSTNf+uZNXnoYH4qxVk4l9q8ZLbTzAfBgNVHSMEGDAWgBTm
            2osu/jp3yjIJoDOxCeyZR39biTAKBggqhkjOPQQDAgNIADBFAiEA84BWL65K/TUW
            G/MB2ZkDHFzLevYlsD6g0TxYEkpiP8YCIBgroH7ZzQv4efDZ0dzUfsc65C+65icu
            J+jWEQuk4j6Q
            """;

    private static final String EC_KEY = """
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqsDSvU6yTLQjYthz
            Z1/6/NR9Ilb9nrhIpCBdw2RbOJ2hRANCAAQrbK2tFgnrkivFXTPUlDwyB5l111Fz
            zioiFrqc8UrsEIt8et6WZGkiRdR4owMOf7ryE9HKHs3SvkwfQFxTcrqc
            """;

    private static final String RSA = """
            MIICfzCCAiagAwIBAgIUB5Q4SeE8lvhCRNK6evYFpXyL2rEwCgYIKoZIzj0EAwIw
            ITEfMB0GA1UEAwwWQm93bGluZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjIwMjQx
            MjFaGA8yMTI2MTAyOTAyNDEyMVowFjEUMBIGA1UEAwwLc2VydmVyLnRlc3QwggEi
            MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC0CrKMVtGsOdQY6bLEXxo2p44b
            Lxbsvb2wQq8Q1leMksf69q3pjD3rALAILEmHZKzr9d9hbkKlLebGEJmG/dx+FMlm
            4m3C6kG8w8dO9aDaeSksLGzGtNjEbmBhaYbHUCWbQFC32xHu0cPvLhOAcPa6PXKF
            fZvG2Vf53yfCfq/Htm1U/J7w+pb5spffnzUIHQ7hJXkjo/iDv8B/1ydHdGWKZKiL
            dtCo25AbTO5MKbHtzIAPynz2qUYVyBKQN/vf+Uj0Mb6QWGph/p284jyetFzDLP2n
            lXMzSktmPrsq9woJk77AZqzM0U15IY6TEZW2o8YYydz+taqOlNfqGKmp+TP5AgMB
            AAGjejB4MAkGA1UdEwQCMAAwFgYDVR0RBA8wDYILc2VydmVyLnRlc3QwEwYDVR0l
            BAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFPsFhu7No7dCF8kCZMGegN6awqjRMB8G
            A1UdIwQYMBaAFObaiy7+OnfKMgmgM7EJ7JlHf1uJMAoGCCqGSM49BAMCA0cAMEQC
            IEkfW/3M30b2kVOfFvZDwM2ls491suqR0nibQEGehdXLAiBLisHYM1pFRuBqUddC
            xFdH+JPFuzO14Z/CWPLCdpCWDQ==
            """;

    private static final String RSA_KEY = """
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC0CrKMVtGsOdQY
            6bLEXxo2p44bLxbsvb2wQq8Q1leMksf69q3pjD3rALAILEmHZKzr9d9hbkKlLebG
            EJmG/dx+FMlm4m3C6kG8w8dO9aDaeSksLGzGtNjEbmBhaYbHUCWbQFC32xHu0cPv
            LhOAcPa6PXKFfZvG2Vf53yfCfq/Htm1U/J7w+pb5spffnzUIHQ7hJXkjo/iDv8B/
            1ydHdGWKZKiLdtCo25AbTO5MKbHtzIAPynz2qUYVyBKQN/vf+Uj0Mb6QWGph/p28
            4jyetFzDLP2nlXMzSktmPrsq9woJk77AZqzM0U15IY6TEZW2o8YYydz+taqOlNfq
            GKmp+TP5AgMBAAECggEAAUdCKp+YhYczllRdIep689W6EJSuWP1P53x8ZGY2i5ek
            i9z3MdKpGI4SBzzT7ijXgXq8HKOnyCch8wNoflOMc+i54AfON7VqGhOvH+8RNqaS
            6u610a4JtqYB+9m/9zz+cgfBivdR5/GIA/QTzLRV9s87jO8YuA9lrISFHRXBMcMl
            amj3TKJbxavvJuC6LlxrLD9cfr+b/8e9/UQwQ94GPmECM0XXiRDGcN5L7RvhRZUZ
            K6hBVhd5ZGZorE3d6/dXEGYbIKeX/Hb47KboP2pgJErUPG3vRI/doEDqtzY6+/0/
            acZNvszBmmPlhxmIPEjZN6LxWflW+8BjizDqitdyAQKBgQD7+vX/iqCDd/eYCa49
            Hxhw7ri7wq5rOjAKgajk2MviyqqxYbLzTZPlXbMr5y8id1u4X+in+VGT66axMvc3
            7juHKOxJs1xws5g2xKgN+UM/jWSNaaJlyXquEI/xxSX9tmZEIk+0o9C2bB/b4vE5
            Hb1GoUmRmkcG1mU/t518spF+cQKBgQC26fQT4iOSY9FJG7FNgCku0X0zyFQhy4ma
            TDQEyRbYWXHC7ZfGfB4gqttW5Lf3jVfK8GGm9BgpzFlFdv79niimzBg9EE0LQPG9
            u2/30jXxMq55c8UBxT6j3uuAtUARtJvWHMdHgdl92NW7TxW5fSnjsVyKtF9xPUyW
            9hRDGvziCQKBgQDXzNtnShMj5NdwJ0JI6FunRFuDujxkasYACYFa1Gzwwz8igRig
            FJ2H/xJWlDyi2PP9WG5JhVWfSF9PPOXKycXDgIG0sN6HStged5ext/sm73HhRkml
            wMLHVjnhBkX+HntA+N2oR++Ue89hIuASWWzjk3gNMcKIkY7O3fMLe2btkQKBgAFP
            GU0PIDwK9NN2HEW2thS8sQ2u0FNRlpGBHBowqjYwJa1EcAKensSTFHDBwENIQqmU
            IM7GDmo2KSljGZ4NBLN04HOHa1W6SECYV8vJOFOajj8WQgGqPLGFhd/s7CF0Tm0w
            1YhAeKL660Sk4z3plGQpv8TKV6iCzMqDxk9YoRipAoGAYpbkgpqNIrK+R9lsQKOz
            4TjBO8u/nFpGyIjeNH4oBMRuBVsOh31SATIr8G/BkABfUCKrNwV/s8mQoCYxhafS
            tQO9EVusY1J7k+sXiYPi/98FNDB+pLn3ztV7uAr6AgaSy9qGpWd/nZYZHtcoc3BY
            ZIhO61KK1RqlX5HjOBmShM8=
            """;

    private static final String CLIENT = """
            MIIBtTCCAVugAwIBAgIUB5Q4SeE8lvhCRNK6evYFpXyL2rIwCgYIKoZIzj0EAwIw
            ITEfMB0GA1UEAwwWQm93bGluZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjIwMjQx
            MjFaGA8yMTI2MTAyOTAyNDEyMVowFjEUMBIGA1UEAwwLY2xpZW50LnRlc3QwWTAT
            BgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ/xEhuBexGw/fv5smpVURll3VqFuYkK7j0
            bfEVU7uc+J//5qLZdPt59fCoZreHy0KD4/7MHs/42fHpSKR1BOxMo3oweDAJBgNV
            HRMEAjAAMBYGA1UdEQQPMA2CC2NsaWVudC50ZXN0MBMGA1UdJQQMMAoGCCsGAQUF
            BwMCMB0GA1UdDgQWBBQB6SQWQRuKWG0iDitbsINuAltP9TAfBgNVHSMEGDAWgBTm
            2osu/jp3yjIJoDOxCeyZR39biTAKBggqhkjOPQQDAgNIADBFAiBST7omGPEdnl6I
            MnjhvVPuJL7eQF63z7Bo+becGbS06gIhAL0FXEZ9Ala/4SVt5pHvQ/oNpS7aCtXZ
            VwRoo35AUNHp
            """;

    private static final String CLIENT_KEY = """
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIwVlMoiAJFvRS+NF
            gcax62N0oMkiSB88xtmNJQVrfD2hRANCAAQ/xEhuBexGw/fv5smpVURll3VqFuYk
            K7j0bfEVU7uc+J//5qLZdPt59fCoZreHy0KD4/7MHs/42fHpSKR1BOxM
            """;

    private TestIdentities() {}

    /// The one that signed all others.
    public static X509Certificate authority() {
        return certificate(AUTHORITY);
    }

    /// server.test, by Ed25519.
    public static TlsIdentity ed25519() {
        return identity("Ed25519", ED25519_KEY, ED25519);
    }

    /// server.test, by P-256.
    public static TlsIdentity ec() {
        return identity("EC", EC_KEY, EC);
    }

    /// server.test, by RSA of 2048 bits.
    public static TlsIdentity rsa() {
        return identity("RSA", RSA_KEY, RSA);
    }

    /// client.test, by P-256.
    public static TlsIdentity client() {
        return identity("EC", CLIENT_KEY, CLIENT);
    }

    private static TlsIdentity identity(String algorithm, String key, String certificate) {
        try {
            PrivateKey privateKey =
                    KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(decoded(key)));
            return new TlsIdentity(privateKey, List.of(certificate(certificate), authority()), null);
        } catch (GeneralSecurityException damaged) {
            throw new AssertionError(damaged);
        }
    }

    private static X509Certificate certificate(String base64) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(decoded(base64)));
        } catch (GeneralSecurityException damaged) {
            throw new AssertionError(damaged);
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }
}
