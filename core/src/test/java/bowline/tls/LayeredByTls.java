package bowline.tls;

import bowline.policy.LayeredReactor;
import bowline.reactor.Reactor;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real reactor that speaks TLS on every connection, so that the contracts of transports can be held against it
/// (TLS-1). What cannot hold is left out, with a reason.
final class LayeredByTls implements ExecutionCondition {
    private static final Map<String, String> NOT_HERE = Map.of(
            "sendsWhatIsWrittenWhileItCloses", "TLS-9: what is written after a close is dropped",
            "isAProducerItself", "TLS-9: a close before the handshake is through, with nothing written, aborts",
            "losesTheConnectionWithAnExceptionOfAHalfCloseCallback", "TLS-9: the same",
            "losesTheConnectionWithAnExceptionOfDataReceived", "TLS-1: the log prefix says TLS",
            "knowsItsEndsAndItsNameInTheLog", "TLS-1: the log prefix says TLS",
            "countsSessionsPerPort", "TLS-1: the log prefix says TLS",
            "readsOncePerTurn", "the plain text of one read of the socket may be more than one buffer",
            "asksAPullProducerEachTimeTheBufferIsEmpty", "TLS-13: it is asked once a turn",
            "losesTheConnectionWhenTooMuchWaits", "TlsLimits are its limits",
            "losesTheConnectionWhenTooMuchIsLeftUnread", "TlsLimits are its limits");

    static Reactor reactor() {
        TlsClientOptions clients = TlsWorld.client().build();
        TlsServerOptions servers = TlsWorld.server().build();
        return LayeredReactor.of(
                factory -> new TlsServerFactory<>(factory, servers),
                factory -> new TlsClientFactory<>(factory, clients));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String why = context.getTestMethod()
                .map(method -> NOT_HERE.get(method.getName()))
                .orElse(null);
        return why == null ? ConditionEvaluationResult.enabled("") : ConditionEvaluationResult.disabled(why);
    }
}
