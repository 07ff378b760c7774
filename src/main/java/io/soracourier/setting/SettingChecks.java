package io.soracourier.setting;

import java.util.List;

/**
 * What one part of the program requires of its settings, each on its own, so that everything that
 * is wrong is reported at one start. Implementations are beans.
 */
public interface SettingChecks {
  /**
   * @return checks that throw {@link InvalidSettingException}; those of one that depends on another
   *     setting say nothing where that one is wrong already
   */
  List<Runnable> checks();
}
