package io.soracourier.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a parameterized test with each seed of {@link Seeds#fixedAndRandom}. A failure names its
 * seed: the report of the build shows the number of the run, not its display name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@MethodSource("io.soracourier.local.Seeds#fixedAndRandom")
@ExtendWith(SeedSource.InFailures.class)
public @interface SeedSource {
  /** Puts the first argument of the test before what is wrong. */
  final class InFailures implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> test, ReflectiveInvocationContext<Method> call, ExtensionContext context)
        throws Throwable {
      try {
        test.proceed();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed %s: %s".formatted(call.getArguments().get(0), e), e);
      }
    }
  }
}
