package bowline.junit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps test classes that are there to fail from being run as tests of their own.
final class OnlyWhenAsked implements ExecutionCondition {
    static final String PARAMETER = "specimens";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getConfigurationParameter(PARAMETER).isPresent()
                ? ConditionEvaluationResult.enabled("asked for")
                : ConditionEvaluationResult.disabled("a specimen, not a test");
    }
}
