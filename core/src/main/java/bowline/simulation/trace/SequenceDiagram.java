package bowline.simulation.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Draws a trace as a sequence diagram: a column for each host, time from top to bottom, an arrow for what goes from
/// one to another. SVG, to be looked at in a browser.
///
/// Segments of one connection that follow each other are drawn as one arrow, with their number and the sum of bytes.
public final class SequenceDiagram {
    private static final int TIME_WIDTH = 170;
    private static final int COLUMN_WIDTH = 260;
    private static final int ROW_HEIGHT = 26;
    private static final int HEAD_HEIGHT = 56;
    private static final int LABEL_MAX_CHARS = 60;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Row> rows;

    /// One line of the picture: an event, or several segments in a row.
    private record Row(TraceEvent event, int count, long bytes) {
        boolean takes(TraceEvent next) {
            return event.what().equals("segment")
                    && next.what().equals("segment")
                    && next.number() == event.number()
                    && next.host().equals(event.host());
        }

        Row and(TraceEvent next) {
            return new Row(event, count + 1, bytes + bytesOf(next));
        }

        String label() {
            String number = event.number() == 0 ? "" : " " + event.number();
            String text = count == 1
                    ? event.what() + number + "  " + event.detail()
                    : count + " segments" + number + "  " + bytes + " B";
            return text.length() <= LABEL_MAX_CHARS ? text : text.substring(0, LABEL_MAX_CHARS - 1) + "…";
        }
    }

    private SequenceDiagram(List<TraceEvent> events) {
        rows = joined(events);
        for (TraceEvent event : events) {
            column(event.host());
            if (event.peer() != null) {
                column(event.peer());
            }
        }
    }

    private int column(String host) {
        return columns.computeIfAbsent(host, _ -> TIME_WIDTH + COLUMN_WIDTH / 2 + columns.size() * COLUMN_WIDTH);
    }

    /// The events as a picture.
    public static String svg(List<TraceEvent> events) {
        return new SequenceDiagram(events).svg();
    }

    private static List<Row> joined(List<TraceEvent> events) {
        var rows = new ArrayList<Row>();
        for (TraceEvent event : events) {
            if (!rows.isEmpty() && rows.getLast().takes(event)) {
                rows.set(rows.size() - 1, rows.getLast().and(event));
            } else {
                rows.add(new Row(event, 1, bytesOf(event)));
            }
        }
        return rows;
    }

    private static long bytesOf(TraceEvent event) {
        String detail = event.detail();
        int end = detail.indexOf(" B");
        return event.what().equals("segment") && end > 0 ? Long.parseLong(detail.substring(0, end)) : 0;
    }

    private String svg() {
        int width = TIME_WIDTH + Math.max(1, columns.size()) * COLUMN_WIDTH;
        int height = HEAD_HEIGHT + (rows.size() + 1) * ROW_HEIGHT;
        var svg = new StringBuilder(256 * (rows.size() + 4));
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
                .formatted(width, height, width, height));
        svg.append("""
                <style>
                  text { font: 12px sans-serif; fill: #222 }
                  .host { font-weight: bold; font-size: 14px; text-anchor: middle }
                  .time { font-family: monospace; fill: #666 }
                  .label { text-anchor: middle }
                  .life { stroke: #bbb; stroke-dasharray: 4 4 }
                  .arrow { stroke: #2a5db0; stroke-width: 1.5; marker-end: url(#head) }
                  .point { fill: #b0492a }
                </style>
                <defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
                  <path d="M0,0 L8,4 L0,8 z" fill="#2a5db0"/></marker></defs>
                <rect width="100%" height="100%" fill="#fff"/>
                """);
        columns.forEach((host, x) -> drawHost(svg, host, x, height));
        int y = HEAD_HEIGHT;
        for (Row row : rows) {
            y += ROW_HEIGHT;
            draw(svg, row, y);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void drawHost(StringBuilder svg, String host, int x, int height) {
        svg.append("<text class=\"host\" x=\"%d\" y=\"24\">%s</text>\n".formatted(x, escaped(host)));
        svg.append("<line class=\"life\" x1=\"%d\" y1=\"36\" x2=\"%d\" y2=\"%d\"/>\n".formatted(x, x, height));
    }

    private void draw(StringBuilder svg, Row row, int y) {
        TraceEvent event = row.event();
        int from = column(event.host());
        String label = escaped(row.label());
        svg.append("<text class=\"time\" x=\"8\" y=\"%d\">%s</text>\n".formatted(y, TraceEvent.clock(event.nanos())));
        if (event.peer() == null || event.peer().equals(event.host())) {
            svg.append("<circle class=\"point\" cx=\"%d\" cy=\"%d\" r=\"3\"/>\n".formatted(from, y - 4));
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(from + 8, y, label));
            return;
        }
        int to = column(event.peer());
        svg.append("<line class=\"arrow\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n".formatted(from, y, to, y));
        svg.append("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>\n".formatted((from + to) / 2, y - 4, label));
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
