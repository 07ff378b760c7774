package io.soracourier.handler;

import com.microsoft.azure.functions.annotation.FunctionName;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The functions this process serves, by name. */
@Startup
@Singleton
class FunctionCatalog {
  private final Map<String, BoundFunction> functions = new TreeMap<>();

  FunctionCatalog(@All List<AzureFunction> beans) {
    for (AzureFunction bean : beans) {
      for (Method method : bean.getClass().getMethods()) {
        if (method.isAnnotationPresent(FunctionName.class)) {
          BoundFunction function = new BoundFunction(bean, method);
          if (functions.putIfAbsent(function.name(), function) != null) {
            throw new IllegalStateException("two functions have the name " + function.name());
          }
        }
      }
    }
  }

  Optional<BoundFunction> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  Iterable<String> names() {
    return functions.keySet();
  }
}
