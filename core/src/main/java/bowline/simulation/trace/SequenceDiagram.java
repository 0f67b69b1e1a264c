package bowline.simulation.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Draws a trace as a sequence diagram: a column for each host, time from top to bottom, an arrow for what goes
/// from one to another, from where it leaves to where and when it arrives. What is lost ends in a cross on its way.
/// SVG, to be looked at in a browser.
///
/// Time is drawn by its logarithm: a second takes little more room than a millisecond, and no event hides another.
/// Segments of one connection that follow each other are drawn as one arrow, with their number and the sum of bytes.
public final class SequenceDiagram {
    private static final int TIME_WIDTH = 150;
    private static final int COLUMN_WIDTH = 340;
    private static final int HEAD_HEIGHT = 64;
    private static final int FOOT_HEIGHT = 24;
    private static final int LABEL_MAX_CHARS = 64;

    /// Where the label of a point at the last host ends.
    private static final int RIGHT_MARGIN = 60;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Arrow> arrows;
    private final TimeAxis axis;

    private SequenceDiagram(List<TraceEvent> events) {
        arrows = joined(events);
        for (TraceEvent event : events) {
            column(event.host());
            if (event.peer() != null) {
                column(event.peer());
            }
        }
        axis = new TimeAxis(HEAD_HEIGHT);
        place();
    }

    private int column(String host) {
        return columns.computeIfAbsent(host, _ -> TIME_WIDTH + COLUMN_WIDTH / 2 + columns.size() * COLUMN_WIDTH);
    }

    /// The events as a picture.
    public static String svg(List<TraceEvent> events) {
        return new SequenceDiagram(events).svg();
    }

    // What is drawn

    private static List<Arrow> joined(List<TraceEvent> events) {
        var arrows = new ArrayList<Arrow>();
        for (TraceEvent event : events) {
            if (event.what().equals("lost") && loses(arrows, event)) {
                continue;
            }
            if (arrows.isEmpty() || !arrows.getLast().takes(event)) {
                arrows.addAll(Arrow.of(event));
            }
        }
        return arrows;
    }

    /// Notes that something that was sent before does not arrive; false if it is not known what.
    private static boolean loses(List<Arrow> arrows, TraceEvent loss) {
        for (Arrow arrow : arrows.reversed()) {
            if (arrow.isLostBy(loss)) {
                arrow.lose();
                return true;
            }
        }
        return false;
    }

    /// A thing of the trace on the time axis.
    private record Mark(long nanos, Arrow arrow, boolean begin) {}

    private void place() {
        var marks = new ArrayList<Mark>();
        for (Arrow arrow : arrows) {
            marks.add(new Mark(arrow.begin(), arrow, true));
            if (arrow.arrives()) {
                marks.add(new Mark(arrow.end(), arrow, false));
            }
        }
        marks.sort(Comparator.comparingLong(Mark::nanos)); // stable: what is sent comes in the order of the trace
        for (Mark mark : marks) {
            int y = axis.at(mark.nanos, mark.begin);
            if (mark.begin) {
                mark.arrow.beginY = y;
            } else {
                mark.arrow.endY = y;
            }
        }
    }

    // Drawing

    private String svg() {
        int width = TIME_WIDTH + Math.max(1, columns.size()) * COLUMN_WIDTH + RIGHT_MARGIN;
        int height = axis.bottom() + FOOT_HEIGHT;
        var svg = new StringBuilder(512 * (arrows.size() + 4));
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
                .formatted(width, height, width, height));
        svg.append("""
                <style>
                  text { font: 12px sans-serif; fill: #222; paint-order: stroke; stroke: #fff; stroke-width: 3px }
                  .host { font-weight: bold; font-size: 15px; text-anchor: middle }
                  .time { font-family: monospace; fill: #666 }
                  .tick { stroke: #eee }
                  .life { stroke: #999; stroke-dasharray: 4 4 }
                  .arrow { stroke: #2a5db0; stroke-width: 1.5; marker-end: url(#head) }
                  .lost { stroke: #b0292a; stroke-width: 1.5; stroke-dasharray: 6 3; marker-end: url(#cross) }
                  .point { fill: #555 }
                </style>
                <defs>
                  <marker id="head" viewBox="0 0 10 8" refX="10" refY="4" markerWidth="9" markerHeight="8" orient="auto">
                    <path d="M0,0 L10,4 L0,8 z" fill="#2a5db0"/></marker>
                  <marker id="cross" viewBox="-6 -6 12 12" markerWidth="9" markerHeight="9">
                    <path d="M-5,-5 L5,5 M-5,5 L5,-5" stroke="#b0292a" stroke-width="2.5"/></marker>
                </defs>
                <rect width="100%" height="100%" fill="#fff"/>
                """);
        drawTimes(svg, width - RIGHT_MARGIN);
        columns.forEach((host, x) -> drawHost(svg, host, x, height));
        arrows.forEach(arrow -> draw(svg, arrow));
        return svg.append("</svg>\n").toString();
    }

    private void drawTimes(StringBuilder svg, int right) {
        var times = new TreeMap<Long, Integer>();
        arrows.forEach(arrow -> times.merge(arrow.begin(), arrow.beginY, Math::min));
        times.forEach((nanos, y) -> {
            svg.append("<line class=\"tick\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
                    .formatted(TIME_WIDTH - 10, y, right, y));
            svg.append("<text class=\"time\" x=\"8\" y=\"%d\">%s</text>\n".formatted(y + 4, TraceEvent.clock(nanos)));
        });
    }

    private static void drawHost(StringBuilder svg, String host, int x, int height) {
        svg.append("<text class=\"host\" x=\"%d\" y=\"26\">%s</text>\n".formatted(x, escaped(host)));
        svg.append("<line class=\"life\" x1=\"%d\" y1=\"36\" x2=\"%d\" y2=\"%d\"/>\n".formatted(x, x, height - 8));
    }

    private void draw(StringBuilder svg, Arrow arrow) {
        int from = column(arrow.host());
        int to = column(arrow.peer());
        if (from == to) {
            drawPoint(svg, from, arrow);
        } else if (arrow.arrives()) {
            drawLine(svg, "arrow", from, arrow.beginY, to, arrow.endY, arrow.label());
        } else {
            drawLine(svg, "lost", from, arrow.beginY, from + (to - from) * 3 / 5, arrow.beginY + 12, arrow.label());
        }
    }

    private static void drawPoint(StringBuilder svg, int x, Arrow arrow) {
        svg.append("<circle class=\"point\" cx=\"%d\" cy=\"%d\" r=\"3\"/>\n".formatted(x, arrow.beginY));
        svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n"
                .formatted(x + 8, arrow.beginY + 4, escaped(shortened(arrow.label()))));
    }

    /// The label lies along the line, at its beginning.
    private static void drawLine(StringBuilder svg, String kind, int x1, int y1, int x2, int y2, String label) {
        boolean right = x2 > x1;
        double degrees = Math.toDegrees(Math.atan2(y2 - y1, Math.abs(x2 - x1)));
        svg.append("<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n".formatted(kind, x1, y1, x2, y2));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" transform=\"rotate(%.1f %d %d)\">%s</text>\n",
                right ? x1 + 12 : x1 - 12,
                y1 - 4,
                right ? "start" : "end",
                right ? degrees : -degrees,
                x1,
                y1,
                escaped(shortened(label))));
    }

    private static String shortened(String label) {
        return label.length() <= LABEL_MAX_CHARS ? label : label.substring(0, LABEL_MAX_CHARS - 1) + "…";
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c < ' ' ? ' ' : c);
            }
        }
        return escaped.toString();
    }
}
