package bowline.bench.server;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// The samples of one server under one load, and what they say together.
public record Figures(ServerProcess server, List<Sample> samples) {

    /// What a message costs the server in microseconds of processor time: the median.
    public double cost() {
        return median(Sample::microsPerMessage);
    }

    /// Messages a second: the median.
    public double rate() {
        return median(Sample::perSecond);
    }

    /// Half the distance between the extremes of the cost, as a share of the median.
    public double spread() {
        double[] sorted = sorted(Sample::microsPerMessage);
        return (sorted[sorted.length - 1] - sorted[0]) / 2 / cost();
    }

    /// How many samples others have disturbed.
    public long disturbed() {
        return samples.stream().filter(sample -> !sample.quiet()).count();
    }

    private double median(ToDoubleFunction<Sample> value) {
        double[] sorted = sorted(value);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private double[] sorted(ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).sorted().toArray();
    }
}
