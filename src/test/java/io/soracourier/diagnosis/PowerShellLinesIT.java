package io.soracourier.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Command;
import io.soracourier.local.PowerShell;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The diagnosis's lines for PowerShell, run by it: {@code mvn verify -Ppowershell}. */
@Tag("powershell")
class PowerShellLinesIT {
  @TempDir Path directory;

  @Test
  void line_printsStatusHeadersAndBodyAndFollowsNoRedirect() {
    try (DiagnosedApp app = new DiagnosedApp();
        SoraSimulator sink = SoraSimulator.sink()) {
      SoraSimulator simulator = app.simulator();
      SimulatedJob found = simulator.sora1Job().add();
      SimulatedJob redirected = simulator.sora1Job().add();
      simulator
          .on(Route.GET_CONTENT, redirected.generationId())
          .always(Fault.redirect(sink.uri("/video.mp4")));
      JsonNode ofFound = app.json(found.id());
      JsonNode ofRedirected = DiagnosedApp.row(app.json(redirected.id()), "documented-content");
      sink.forgetRequests();

      assertThat(text(repeated(DiagnosedApp.row(ofFound, "job"), simulator)))
          .startsWith("HTTP/1.1 200")
          .contains("\"id\":\"" + found.id() + "\"");
      assertThat(text(repeated(DiagnosedApp.row(ofFound, "documented-content"), simulator)))
          .startsWith("HTTP/1.1 206")
          .contains("ftyp");
      assertThat(text(repeated(ofRedirected, simulator)))
          .startsWith("HTTP/1.1 302")
          .contains("Location: " + sink.uri("/"));
      assertThat(sink.requests()).isEmpty();
    }
  }

  private Command repeated(JsonNode row, SoraSimulator simulator) {
    String line = row.at("/request/powerShell").asText();
    return PowerShell.run(directory, line.replace("YOUR_KEY", simulator.apiKey()));
  }

  private static String text(Command command) {
    return String.join("\n", command.lines());
  }
}
