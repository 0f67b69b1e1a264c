package bowline.simulation.wild;

/// Never run; found because it lies beside [Dice].
final class Home {
    private Home() {}

    static String path() {
        return System.getenv("HOME");
    }
}
