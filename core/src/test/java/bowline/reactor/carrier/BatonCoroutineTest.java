package bowline.reactor.carrier;

/// Section 7 by the baton, which needs no option of the JVM.
class BatonCoroutineTest extends CoroutineContract {

    @Override
    Carrier carrier() {
        return Carrier.BATON;
    }

    @Override
    int crowd() {
        return 10_000;
    }
}
