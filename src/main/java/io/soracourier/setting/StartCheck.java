package io.soracourier.setting;

import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Before anything else is made: stops the start with one line for each setting that is wrong. */
@Startup(StartCheck.FIRST)
@Singleton
class StartCheck {
  static final int FIRST = 1;

  StartCheck(@All List<SettingChecks> parts) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (SettingChecks part : parts) {
      for (Runnable check : part.checks()) {
        try {
          check.run();
        } catch (InvalidSettingException e) {
          // What else is wrong with a setting may only follow from the first.
          problems.putIfAbsent(e.setting(), e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems.values());
    }
  }
}
