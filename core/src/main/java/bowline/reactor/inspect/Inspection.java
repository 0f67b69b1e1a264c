package bowline.reactor.inspect;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Asks other processes of the same user what they do and wait for, by their [InspectSocket]s. Each method waits for
/// the answer.
public final class Inspection {
    /// Longest answer, in bytes.
    static final int ANSWER_MAX_BYTES = 1 << 28;

    private static final Duration TIME_MAX = Answers.timeMax().plusSeconds(10);

    private final List<InspectFolder> folders;

    /// Of processes that have their sockets in these folders.
    public Inspection(List<InspectFolder> folders) {
        this.folders = List.copyOf(folders);
    }

    /// What the process answers.
    ///
    /// @throws NotInspectable if there is no such process, or it answers nobody or not us; the message says why
    /// @throws IOException if the answer breaks off or does not come
    public String ask(long pid, Question question) throws IOException {
        for (InspectFolder folder : folders) {
            Path socket = folder.socketOf(pid);
            if (Files.exists(socket)) {
                folder.check();
                return ask(pid, socket, question);
            }
        }
        throw NotInspectable.because(pid, folders);
    }

    private static String ask(long pid, Path socket, Question question) throws IOException {
        try (Conversation conversation = Conversation.with(socket, TIME_MAX)) {
            conversation.write(question.word() + "\n");
            String answer = conversation.read(_ -> false, ANSWER_MAX_BYTES);
            int head = answer.indexOf('\n');
            if (!answer.startsWith(InspectSocket.GREETING) || head < 0) {
                throw new NotInspectable("what answers at " + socket + " is no Bowline process");
            }
            if (!answer.startsWith(InspectSocket.GREETING + "ok\n")) {
                throw new NotInspectable("process " + pid + " says: "
                        + answer.substring(head + 1).strip());
            }
            return answer.substring(head + 1);
        } catch (ConnectException nobody) {
            throw NotInspectable.left(pid, socket);
        }
    }

    /// The processes that can be asked, each with what it is in a line. Those that have ended and left their
    /// sockets behind are left out.
    ///
    /// @throws IOException if a folder is not the user's alone
    public Map<Long, String> processes() throws IOException {
        var processes = new TreeMap<Long, String>();
        for (InspectFolder folder : folders) {
            for (long pid : folder.pids()) {
                try {
                    processes.putIfAbsent(
                            pid, ask(pid, folder.socketOf(pid), Question.WHO).strip());
                } catch (NotInspectable gone) {
                    // It has left its socket behind.
                } catch (IOException silent) {
                    processes.putIfAbsent(pid, "does not answer: " + silent.getMessage());
                }
            }
        }
        return processes;
    }
}
