package bowline.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Starts [ScriptedChild]ren in place of processes, from number 100 on.
public final class ScriptedChildren {
    public final List<ScriptedChild> started = new ArrayList<>();
    public boolean failing;

    public ProcessTransport spawn(ProcessProtocol protocol, Spawn spawn) {
        if (failing) {
            throw new CannotSpawnError(spawn, new IOException("error=2, No such file or directory"));
        }
        var child = new ScriptedChild(100 + started.size(), spawn, protocol);
        started.add(child);
        protocol.makeConnection(child);
        return child;
    }

    public ScriptedChild last() {
        return started.getLast();
    }

    public int count() {
        return started.size();
    }
}
