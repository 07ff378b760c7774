package io.soracourier.handler;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The execution context of one invocation. What a function logs through {@link #getLogger()}
 * becomes the {@code Logs} of the response, which the host files under the invocation; everything
 * else goes to standard output as usual.
 */
final class InvocationContext implements ExecutionContext {
  private final String invocationId;
  private final String functionName;
  private final List<String> lines = new ArrayList<>();
  private final Logger logger;

  InvocationContext(String invocationId, String functionName) {
    this.invocationId = invocationId;
    this.functionName = functionName;
    this.logger = new LineCollector(functionName, lines);
  }

  @Override
  public Logger getLogger() {
    return logger;
  }

  @Override
  public String getInvocationId() {
    return invocationId;
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  private static final class LineCollector extends Logger {
    private static final SimpleFormatter FORMATTER = new SimpleFormatter();
    private final List<String> lines;

    LineCollector(String name, List<String> lines) {
      super(name, null);
      this.lines = lines;
    }

    @Override
    public void log(LogRecord line) {
      if (isLoggable(line.getLevel())) {
        lines.add(FORMATTER.formatMessage(line));
      }
    }
  }
}
