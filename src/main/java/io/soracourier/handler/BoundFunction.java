package io.soracourier.handler;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function's method together with how each parameter is bound, read once from the annotations of
 * the Azure Functions Java library. A method with a parameter that this handler cannot bind is
 * refused when the process starts, not when the first message arrives.
 */
final class BoundFunction {
  /** Gives one parameter its value; an output binding also registers itself under its name. */
  private interface Binder {
    @Nullable Object bind(
        Invocation invocation, InvocationContext context, Map<String, Output> outputs);
  }

  private final Object bean;
  private final Method method;
  private final List<Binder> binders = new ArrayList<>();

  BoundFunction(Object bean, Method method) {
    this.bean = bean;
    this.method = method;
    for (Parameter parameter : method.getParameters()) {
      binders.add(binder(parameter));
    }
  }

  String name() {
    return method.getAnnotation(FunctionName.class).value();
  }

  /** Runs the function and returns what its output bindings were given, by binding name. */
  Map<String, Object> invoke(Invocation invocation, InvocationContext context) {
    Map<String, Output> outputs = new LinkedHashMap<>();
    Object[] arguments =
        binders.stream().map(binder -> binder.bind(invocation, context, outputs)).toArray();
    try {
      method.invoke(bean, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " is not public", e);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(name() + " failed", e.getCause());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    outputs.forEach(
        (name, output) -> {
          if (output.value != null) {
            values.put(name, output.value);
          }
        });
    return values;
  }

  private Binder binder(Parameter parameter) {
    QueueTrigger trigger = parameter.getAnnotation(QueueTrigger.class);
    if (trigger != null && parameter.getType() == byte[].class) {
      return (invocation, context, outputs) -> invocation.bytes(trigger.name());
    }
    TimerTrigger timer = parameter.getAnnotation(TimerTrigger.class);
    if (timer != null && parameter.getType() == String.class) {
      return (invocation, context, outputs) -> invocation.value(timer.name()).toString();
    }
    BindingName name = parameter.getAnnotation(BindingName.class);
    if (name != null && parameter.getType() == String.class) {
      return (invocation, context, outputs) -> invocation.metadata(name.value());
    }
    QueueOutput message = parameter.getAnnotation(QueueOutput.class);
    if (message != null && parameter.getType() == OutputBinding.class) {
      return (invocation, context, outputs) ->
          outputs.computeIfAbsent(message.name(), any -> new Output());
    }
    if (parameter.getType() == ExecutionContext.class) {
      return (invocation, context, outputs) -> context;
    }
    throw new IllegalStateException("cannot bind parameter " + parameter + " of " + method);
  }

  private static final class Output implements OutputBinding<Object> {
    private @Nullable Object value;

    @Override
    public @Nullable Object getValue() {
      return value;
    }

    @Override
    public void setValue(@Nullable Object value) {
      this.value = value;
    }
  }
}
