package bowline.policy;

import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport.HandedProducer;

/// Stands between a producer and a consumer so that a layer can hold the producer back too: it goes on only when
/// neither wants it to wait. To the consumer it is of the same kind.
sealed interface HeldProducer {

    /// The same kind of producer as `producer`.
    static HeldProducer of(Producer producer, boolean held) {
        HeldProducer holding = switch (producer) {
            case PushProducer push -> new Push(push);
            case PullProducer pull -> new Pull(pull);
        };
        if (held) {
            holding.hold();
        }
        return holding;
    }

    /// This, to be registered.
    Producer producer();

    /// The producer itself, to be registered elsewhere.
    HandedProducer handed();

    /// Makes it wait.
    void hold();

    /// Lets it go on.
    void release();

    /// Pauses and resumes, but never twice in a row.
    final class Push implements HeldProducer, PushProducer {
        private final PushProducer source;
        private boolean held;
        private boolean paused;

        private Push(PushProducer source) {
            this.source = source;
        }

        @Override
        public Producer producer() {
            return this;
        }

        @Override
        public HandedProducer handed() {
            return new HandedProducer(source, held || paused);
        }

        @Override
        public void hold() {
            if (!held && !paused) {
                source.pauseProducing();
            }
            held = true;
        }

        @Override
        public void release() {
            if (held && !paused) {
                source.resumeProducing();
            }
            held = false;
        }

        @Override
        public void pauseProducing() {
            if (!held && !paused) {
                source.pauseProducing();
            }
            paused = true;
        }

        @Override
        public void resumeProducing() {
            if (!held && paused) {
                source.resumeProducing();
            }
            paused = false;
        }

        @Override
        public void stopProducing() {
            source.stopProducing();
        }
    }

    /// Keeps in mind that it was asked.
    final class Pull implements HeldProducer, PullProducer {
        private final PullProducer source;
        private boolean held;
        private boolean asked;

        private Pull(PullProducer source) {
            this.source = source;
        }

        @Override
        public Producer producer() {
            return this;
        }

        @Override
        public HandedProducer handed() {
            return new HandedProducer(source, false);
        }

        @Override
        public void hold() {
            held = true;
        }

        @Override
        public void release() {
            held = false;
            if (asked) {
                asked = false;
                source.produceMore();
            }
        }

        @Override
        public void produceMore() {
            if (held) {
                asked = true;
            } else {
                source.produceMore();
            }
        }

        @Override
        public void stopProducing() {
            source.stopProducing();
        }
    }
}
