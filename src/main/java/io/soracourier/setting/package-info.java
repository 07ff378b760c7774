/**
 * Checks of settings, clock and randomness, waits between attempts. It uses none of the others.
 * Begin with {@link SettingChecks}.
 */
@NullMarked
package io.soracourier.setting;

import org.jspecify.annotations.NullMarked;
