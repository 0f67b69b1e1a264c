package bowline.examples;

import bowline.reactor.Reactor;
import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JProgressBar;
import javax.swing.JTextArea;

/// Uses [PoetryGui]'s window as a person would, looks at it, and prints what it sees. A program of its own, for it
/// needs a display: folder for pictures, what to do, then the addresses.
final class PoetryGuiTrial {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration PAINTED = Duration.ofMillis(400);

    private final Reactor reactor = Reactor.create("swing");
    private final File pictures;
    private final List<PoetryAddress> addresses;
    private PoetryWindow window;

    private PoetryGuiTrial(String pictures, List<PoetryAddress> addresses) {
        this.pictures = new File(pictures);
        this.addresses = addresses;
    }

    public static void main(String... args) {
        var trial = new PoetryGuiTrial(
                args[0],
                PoetryAddress.parse(
                        "trial", List.of(args).subList(2, args.length).toArray(new String[0])));
        trial.run(args[1]);
        IO.println("the program ends");
    }

    private void run(String what) {
        reactor.callWhenRunning(() -> {
            window = PoetryGui.open(reactor, addresses);
            switch (what) {
                case "watch" ->
                    when(() -> value("total") == 1 && received() > 100, () -> look("half", this::watchTheRest));
                case "cancel" -> when(() -> received() > 0, this::cancel);
                case "close" -> when(() -> received() > 0, this::close);
                default -> throw new IllegalArgumentException(what);
            }
        });
        reactor.run(false);
    }

    private void watchTheRest() {
        when(this::isDone, () -> look("whole", () -> press("button")));
    }

    private void cancel() {
        press("button");
        when(this::isDone, () -> look("cancelled", () -> press("button")));
    }

    private void close() {
        window.frame().dispatchEvent(new WindowEvent(window.frame(), WindowEvent.WINDOW_CLOSING));
    }

    private boolean isDone() {
        return part("button") instanceof AbstractButton button
                && button.getText().equals("Close");
    }

    private int received() {
        int most = 0;
        for (int i = 0; i < addresses.size(); i++) {
            String state = text("state " + i);
            if (state.matches("\\d+ bytes")) {
                most = Math.max(most, Integer.parseInt(state.split(" ")[0]));
            }
        }
        return most;
    }

    // Doing

    private void when(BooleanSupplier condition, Runnable then) {
        if (condition.getAsBoolean()) {
            then.run();
        } else {
            reactor.callLater(LOOK_AGAIN, () -> when(condition, then));
        }
    }

    private void press(String name) {
        ((AbstractButton) part(name)).doClick();
    }

    /// A picture of the window once it is painted, and everything that is written in it.
    private void look(String name, Runnable then) {
        reactor.callLater(PAINTED, () -> {
            BufferedImage picture =
                    new Robot().createScreenCapture(window.frame().getBounds());
            ImageIO.write(picture, "png", new File(pictures, "poetry-gui-" + name + ".png"));
            IO.println("== " + name);
            for (Component part : parts()) {
                IO.println(part.getName() + ": " + text(part.getName()));
            }
            IO.println("painted: " + painted("total", picture));
            then.run();
        });
    }

    /// A bar's middle line as two colours, a quarter and three quarters along: are they the same?
    private String painted(String bar, BufferedImage picture) {
        Rectangle place = part(bar).getBounds();
        place.setLocation(part(bar).getLocationOnScreen());
        place.translate(-window.frame().getX(), -window.frame().getY());
        int y = place.y + place.height / 2;
        int left = picture.getRGB(place.x + place.width / 4, y);
        int right = picture.getRGB(place.x + 3 * place.width / 4, y);
        return left == right ? "evenly" : "in part";
    }

    // Looking

    private int value(String bar) {
        return ((JProgressBar) part(bar)).getValue();
    }

    private String text(String name) {
        return switch (part(name)) {
            case JLabel label -> label.getText();
            case AbstractButton button -> button.getText();
            case JTextArea area -> String.valueOf(area.getText().length()) + " characters";
            case JProgressBar bar -> bar.isIndeterminate() ? "moving" : bar.getValue() + "/" + bar.getMaximum();
            case Component other -> other.toString();
        };
    }

    private Component part(String name) {
        return parts().stream()
                .filter(part -> name.equals(part.getName()))
                .findFirst()
                .orElseThrow();
    }

    private List<Component> parts() {
        var named = new ArrayList<Component>();
        collect(window.frame().getContentPane(), named);
        return named;
    }

    private static void collect(Container container, List<Component> named) {
        for (Component part : container.getComponents()) {
            boolean ours = part instanceof JComponent && part.getName() != null;
            if (ours && !part.getName().contains(".")) {
                named.add(part);
            }
            if (part instanceof Container inner) {
                collect(inner, named);
            }
        }
    }
}
