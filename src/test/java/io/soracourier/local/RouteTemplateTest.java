package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTemplateTest {
  @Test
  void parameter_takesOneSegment() {
    RouteTemplate route = new RouteTemplate("jobs/{id}/videos");

    assertThat(route.match(List.of("Jobs", "7", "videos"))).contains(Map.of("id", "7"));
    assertThat(route.match(List.of("jobs", "7"))).isEmpty();
    assertThat(route.match(List.of("jobs", "7", "videos", "1"))).isEmpty();
  }

  @Test
  void optionalParameter_mayBeAbsent() {
    RouteTemplate route = new RouteTemplate("jobs/{id?}");

    assertThat(route.match(List.of("jobs")).orElseThrow()).containsEntry("id", null);
    assertThat(route.match(List.of("jobs", "7"))).contains(Map.of("id", "7"));
  }

  @Test
  void constraint_decidesWhatFits() {
    RouteTemplate route = new RouteTemplate("jobs/{number:int}");

    assertThat(route.match(List.of("jobs", "7"))).contains(Map.of("number", "7"));
    assertThat(route.match(List.of("jobs", "seven"))).isEmpty();
  }

  @Test
  void catchAll_takesTheRest() {
    assertThat(new RouteTemplate("files/{*path}").match(List.of("files", "a", "b.mp4")))
        .contains(Map.of("path", "a/b.mp4"));
  }
}
