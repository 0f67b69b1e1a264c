package bowline.attack;

import java.util.List;

/// G4 for one decoder: as much as is allowed, and a byte more.
record DecoderAttack(String name, int limit, Attacks.UnfoldingDecoder decoder) implements Attack {

    @Override
    public String rule() {
        return "G4";
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        return List.of(
                target.attempt(this, name + ": as much as is allowed")
                        .says("zeros that unfold to " + limit + " bytes")
                        .expects("they are taken")
                        .alone()
                        .by(this::atTheLimit),
                target.attempt(this, name + ": a byte more")
                        .says("zeros that unfold to " + limit + " bytes and one more")
                        .expects("they are refused")
                        .alone()
                        .by(this::beyondTheLimit));
    }

    private String atTheLimit() throws Exception {
        long taken = decoder.decode(BombAttack.zipped(limit));
        return taken == limit ? "" : "made " + taken + " bytes of " + limit;
    }

    private String beyondTheLimit() throws Exception {
        byte[] bomb = BombAttack.zipped(limit + 1);
        try {
            return "took " + decoder.decode(bomb) + " bytes";
        } catch (Exception refused) {
            return "";
        }
    }
}
