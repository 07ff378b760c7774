package io.soracourier.simulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** All scripts, the one made last first. */
final class Scripts {
  private final List<Script> scripts = new CopyOnWriteArrayList<>();

  Script add(Predicate<Request> requests) {
    Script script = new Script(requests);
    scripts.add(0, script);
    return script;
  }

  boolean admit(Request request) {
    return scripts.stream().anyMatch(script -> script.admits(request));
  }

  Fault next(Request request) {
    return scripts.stream()
        .flatMap(script -> script.next(request).stream())
        .findFirst()
        .orElseGet(Fault::none);
  }

  static Optional<Route.Match> route(String basePath, Request request) {
    return request.path().startsWith(basePath)
        ? Route.of(request.method(), request.path().substring(basePath.length()))
        : Optional.empty();
  }
}
