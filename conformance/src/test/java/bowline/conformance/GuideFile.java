package bowline.conformance;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One file of Java in the guide, and what the chapter says of its run.
final class GuideFile {
    private static final Pattern MAIN = Pattern.compile("(?m)^(public )?(static )?void main\\(");
    private static final Pattern TEST = Pattern.compile("(?m)^ *@(Test|Simulated)\\b");

    private final GuideChapter chapter;
    private final MarkdownBlock block;
    private final List<MarkdownBlock> steps = new ArrayList<>();

    GuideFile(GuideChapter chapter, MarkdownBlock block) {
        if (!block.label().endsWith(".java")) {
            throw new AssertionError(chapter.name() + ":" + block.line()
                    + ": a block of Java says how its file is called, as in ```java Echo.java");
        }
        this.chapter = chapter;
        this.block = block;
    }

    GuideChapter chapter() {
        return chapter;
    }

    String name() {
        return block.label();
    }

    String className() {
        return name().substring(0, name().length() - ".java".length());
    }

    String source() {
        return block.text();
    }

    int line() {
        return block.line();
    }

    boolean isCompiled() {
        return Files.isRegularFile(chapter.classes().resolve(className() + ".class"));
    }

    boolean isProgram() {
        return MAIN.matcher(source()).find();
    }

    boolean isTest() {
        return TEST.matcher(source()).find();
    }

    /// What it prints (`text`) and what is done while it runs (`console`), in the order of the chapter.
    List<MarkdownBlock> steps() {
        return steps;
    }

    /// What it prints, as the chapter has it: one block at most.
    List<MarkdownBlock> outputs() {
        return steps.stream().filter(step -> step.language().equals("text")).toList();
    }

    List<MarkdownBlock> consoles() {
        return steps.stream().filter(step -> step.language().equals("console")).toList();
    }

    @Override
    public String toString() {
        return chapter.name() + ":" + line() + " " + name();
    }
}
