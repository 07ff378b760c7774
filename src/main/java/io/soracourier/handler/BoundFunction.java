package io.soracourier.handler;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpOutput;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A function's method together with how each parameter is bound, read once from the annotations of
 * the Azure Functions Java library. A method with a parameter that this handler cannot bind is
 * refused when the process starts, not when the first message arrives.
 */
final class BoundFunction {
  /** Gives one parameter its value; an output binding also registers itself under its name. */
  private interface Binder {
    Object bind(Invocation invocation, InvocationContext context, Map<String, Output> outputs);
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
            values.put(
                name, output.value instanceof HttpReply http ? http.toOutput() : output.value);
          }
        });
    return values;
  }

  private Binder binder(Parameter parameter) {
    QueueTrigger trigger = parameter.getAnnotation(QueueTrigger.class);
    if (trigger != null && parameter.getType() == byte[].class) {
      return (invocation, context, outputs) -> invocation.bytes(trigger.name());
    }
    HttpTrigger request = parameter.getAnnotation(HttpTrigger.class);
    if (request != null && parameter.getType() == HttpRequestMessage.class) {
      return (invocation, context, outputs) -> new HttpInvocation(invocation.value(request.name()));
    }
    BindingName part = parameter.getAnnotation(BindingName.class);
    if (part != null && parameter.getType() == String.class) {
      return (invocation, context, outputs) -> routeParameter(invocation, part.value());
    }
    QueueOutput message = parameter.getAnnotation(QueueOutput.class);
    HttpOutput answer = parameter.getAnnotation(HttpOutput.class);
    if ((message != null || answer != null) && parameter.getType() == OutputBinding.class) {
      String name = message != null ? message.name() : answer.name();
      return (invocation, context, outputs) -> outputs.computeIfAbsent(name, any -> new Output());
    }
    if (parameter.getType() == ExecutionContext.class) {
      return (invocation, context, outputs) -> context;
    }
    throw new IllegalStateException("cannot bind parameter " + parameter + " of " + method);
  }

  /** A part of the path, which the host gives with the request of the method's HTTP trigger. */
  private String routeParameter(Invocation invocation, String name) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> parameter.getAnnotation(HttpTrigger.class))
        .filter(Objects::nonNull)
        .map(trigger -> new HttpInvocation(invocation.value(trigger.name())))
        .map(request -> request.routeParameters().get(name))
        .findFirst()
        .orElse(null);
  }

  private static final class Output implements OutputBinding<Object> {
    private Object value;

    @Override
    public Object getValue() {
      return value;
    }

    @Override
    public void setValue(Object value) {
      this.value = value;
    }
  }
}
