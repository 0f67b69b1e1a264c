package bowline.examples;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.UIManager;
import javax.swing.UnsupportedLookAndFeelException;
import javax.swing.WindowConstants;
import javax.swing.text.DefaultCaret;

/// What [PoetryGui] shows: how far all poems are, a row for each, and the poems themselves. It knows nothing of where
/// they come from. For Swing's event thread, as all of Swing.
///
///     +--------------------------------------+
///     | 1 of 3 poems     [======           ] |
///     | 127.0.0.1:10001  [========]  419 bytes
///     | 127.0.0.1:10002  [   ==   ]  connecting
///     | 127.0.0.1:10003  [        ]  failed  |
///     |    and why                           |
///     | the poems so far                     |
///     | what is going on            [Cancel] |
///     +--------------------------------------+
final class PoetryWindow {
    private static final int GAP = 8;
    private static final Color FAILED = new Color(0xB0, 0x20, 0x20);
    private static final Color DONE = new Color(0x20, 0x70, 0x30);
    private static final Color CANCELLED = new Color(0x50, 0x50, 0x50);
    private static final Color BAR = new Color(0x3B, 0x82, 0xA8);
    private static final Dimension BAR_SIZE = new Dimension(260, 18);
    private static final Dimension POEMS_SIZE = new Dimension(640, 380);
    private static final Dimension STATE_SIZE = new Dimension(170, 18);

    private final JFrame frame = new JFrame("Poetry");
    private final JLabel count = new JLabel();
    private final JProgressBar total;
    private final JTextArea poems = new JTextArea();
    private final JLabel status = new JLabel();
    private final JButton button = new JButton("Cancel");
    private final List<Row> rows = new ArrayList<>();
    private final Runnable cancelled;
    private final Runnable closed;
    private int finished;
    private int failed;
    private int cancelledRows;

    static {
        // Smooth letters and a look that is the same everywhere, where nobody has chosen otherwise.
        if (System.getProperty("awt.useSystemAAFontSettings") == null) {
            System.setProperty("awt.useSystemAAFontSettings", "on");
        }
        try {
            UIManager.setLookAndFeel("javax.swing.plaf.nimbus.NimbusLookAndFeel");
            UIManager.put("nimbusOrange", BAR); // which is what it paints progress with
        } catch (ReflectiveOperationException | UnsupportedLookAndFeelException absent) {
            // The one that Swing starts with will do.
        }
    }

    /// @param cancelled called when the user gives up what is still on its way
    /// @param closed called when the user has closed the window
    PoetryWindow(List<PoetryAddress> addresses, Runnable cancelled, Runnable closed) {
        this.cancelled = cancelled;
        this.closed = closed;
        this.total = new JProgressBar(0, addresses.size());
        for (PoetryAddress address : addresses) {
            rows.add(new Row(address.toString()));
        }
        nameParts();
        lay();
        frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                closed();
            }
        });
        button.addActionListener(_ -> pressed());
    }

    private void closed() {
        closed.run();
    }

    void open() {
        show();
        frame.pack();
        button.requestFocusInWindow();
        frame.setLocationByPlatform(true);
        frame.setVisible(true);
    }

    Row row(int number) {
        return rows.get(number);
    }

    JFrame frame() {
        return frame;
    }

    private boolean isDone() {
        return finished + failed + cancelledRows == rows.size();
    }

    private void pressed() {
        if (isDone()) {
            frame.dispose();
        } else {
            cancelled.run();
        }
    }

    private void show() {
        total.setValue(finished);
        count.setText(finished + " of " + rows.size() + (rows.size() == 1 ? " poem" : " poems"));
        button.setText(isDone() ? "Close" : "Cancel");
        status.setText(isDone() ? outcome() : "Fetching …");
    }

    private String outcome() {
        if (cancelledRows > 0) {
            return "Cancelled.";
        }
        return failed == 0 ? "All poems are here." : failed + " could not be fetched.";
    }

    /// One poem: where from, how far, how it went.
    final class Row {
        private final JLabel from;
        private final JProgressBar bar = new JProgressBar();
        private final JLabel state = new JLabel("connecting …");
        private final JLabel fault = new JLabel();

        private Row(String from) {
            this.from = new JLabel(from);
            bar.setIndeterminate(true); // a poem does not say how long it is
            bar.setPreferredSize(BAR_SIZE);
            state.setPreferredSize(STATE_SIZE);
            fault.setForeground(FAILED);
            fault.setBorder(BorderFactory.createEmptyBorder(0, 2 * GAP, 0, 0));
            fault.setVisible(false);
        }

        void received(int bytes) {
            state.setText(bytes + " bytes");
        }

        void finished(String poem) {
            finished++;
            end(1, "complete, " + state.getText(), DONE);
            String gap = poems.getText().isEmpty() ? "" : "\n\n\n";
            poems.append(gap + "— from " + from.getText() + " —\n\n" + poem.strip());
        }

        void failed(String reason) {
            failed++;
            fault.setText(reason);
            fault.setToolTipText(reason);
            fault.setVisible(true);
            end(0, "failed", FAILED);
        }

        void cancelled() {
            cancelledRows++;
            end(0, "cancelled", CANCELLED);
        }

        private void end(int value, String text, Color colour) {
            bar.setIndeterminate(false);
            bar.setMaximum(1);
            bar.setValue(value);
            state.setText(text);
            state.setForeground(colour);
            show();
        }
    }

    // Layout

    private void nameParts() {
        count.setName("count");
        total.setName("total");
        poems.setName("poems");
        status.setName("status");
        button.setName("button");
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).bar.setName("bar " + i);
            rows.get(i).state.setName("state " + i);
            rows.get(i).fault.setName("fault " + i);
        }
    }

    private void lay() {
        poems.setEditable(false);
        poems.setFont(new Font(Font.SERIF, Font.PLAIN, 15));
        poems.setMargin(new Insets(GAP, GAP, GAP, GAP));
        poems.setLineWrap(true);
        poems.setWrapStyleWord(true);
        if (poems.getCaret() instanceof DefaultCaret caret) {
            caret.setUpdatePolicy(DefaultCaret.NEVER_UPDATE); // who reads the first poem is left in peace
        }
        count.setFont(count.getFont().deriveFont(Font.BOLD, 16f));

        var content = new JPanel(new BorderLayout(GAP, GAP));
        content.setBorder(BorderFactory.createEmptyBorder(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP));
        content.add(progress(), BorderLayout.NORTH);
        var scroll = new JScrollPane(poems);
        scroll.setPreferredSize(POEMS_SIZE);
        content.add(scroll, BorderLayout.CENTER);
        content.add(footer(), BorderLayout.SOUTH);
        frame.setContentPane(content);
        frame.setMinimumSize(new Dimension(420, 320));
    }

    private JPanel progress() {
        var grid = new JPanel(new GridBagLayout());
        add(grid, count, 0, 0, 1);
        add(grid, total, 1, 0, 2);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            add(grid, row.from, 0, 2 * i + 1, 1);
            add(grid, row.bar, 1, 2 * i + 1, 1);
            add(grid, row.state, 2, 2 * i + 1, 1);
            add(grid, row.fault, 0, 2 * i + 2, 3);
        }
        return grid;
    }

    private static void add(JPanel grid, Component part, int column, int line, int columns) {
        var place = new GridBagConstraints();
        place.gridx = column;
        place.gridy = line;
        place.gridwidth = columns;
        place.weightx = column == 1 ? 1 : 0;
        place.fill = GridBagConstraints.HORIZONTAL;
        place.insets = new Insets(GAP / 2, column == 0 ? 0 : 2 * GAP, GAP / 2, 0);
        grid.add(part, place);
    }

    private JPanel footer() {
        var footer = new JPanel(new BorderLayout(GAP, GAP));
        footer.add(status, BorderLayout.CENTER);
        footer.add(button, BorderLayout.EAST);
        return footer;
    }
}
