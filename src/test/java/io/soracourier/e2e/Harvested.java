package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.api.Caller;
import io.soracourier.local.Invocation;
import io.soracourier.local.LocalStack;
import io.soracourier.local.Outcome;
import io.soracourier.local.StoredTable;
import io.soracourier.simulator.SimulatedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A deployment that harvests when a test says so, and what its runs did. */
public final class Harvested implements AutoCloseable {
  private final Deployment courier;
  private final Caller caller;
  private int runs;

  private Harvested(Deployment courier) {
    this.courier = courier;
    this.caller = new Caller(courier.host());
  }

  public static Harvested start(UnaryOperator<LocalStack.Builder> options) {
    return new Harvested(Deployment.start(stack -> options.apply(enabled(stack))));
  }

  /** The handler's requests to the tables can be made to fail too. */
  public static Harvested startWithTablesTapped(UnaryOperator<LocalStack.Builder> options) {
    return new Harvested(Deployment.startWithTablesTapped(stack -> options.apply(enabled(stack))));
  }

  private static LocalStack.Builder enabled(LocalStack.Builder stack) {
    return stack
        .setting("COURIER_HARVEST_ENABLED", "true")
        .setting("COURIER_SORA_RETRY_DELAY", "50ms")
        .setting("COURIER_LOOK_FIRST_DELAY", "300ms");
  }

  public Deployment courier() {
    return courier;
  }

  /** Invokes the timer's function, and returns what the run says of itself. */
  public JsonNode run() {
    invoke();
    return caller.awaitHarvest(++runs);
  }

  /** Invokes it, whatever becomes of the run. */
  public Invocation invoke() {
    Invocation done = courier.host().runTimer("HarvestJobs");
    assertThat(done.outcome()).as(done.detail()).isEqualTo(Outcome.SUCCEEDED);
    return done;
  }

  /** Whether a run is in progress, as far as the table shows. */
  public boolean isRunning() {
    return Caller.json(caller.get("/api/harvest")).path("running").asBoolean();
  }

  /** As after the three minutes in which a run that was killed counts as running. */
  public void letTheLeaseEnd() {
    courier.stack().table("jobs").client().deleteEntity("harvest", "lease");
  }

  /** The ids of the jobs that were enqueued by runs so far, in order. */
  public List<String> enqueued() {
    return courier
        .queues()
        .seen(request -> request.isPutMessage() && request.status() == 201)
        .stream()
        .map(PutBack::of)
        .filter(message -> !message.hasNote())
        .filter(message -> message.json().path("source").asText().equals("harvest"))
        .map(PutBack::jobId)
        .toList();
  }

  /** The lines of the log that are of this event. */
  public List<String> lines(String event) {
    return courier.stack().handlerLines().stream()
        .filter(line -> line.contains("event=" + event + " "))
        .toList();
  }

  /** A job that was created so many seconds ago. */
  public SimulatedJob job(int secondsAgo) {
    return courier.simulator().sora2Video().createdAt(Instant.now().minusSeconds(secondsAgo)).add();
  }

  /** Stores the videos of jobs as an earlier installation has. */
  public void store(Collection<SimulatedJob> jobs) {
    jobs.parallelStream().forEach(this::store);
  }

  private void store(SimulatedJob job) {
    String name = ServersIT.blobOf(job.generationId());
    courier
        .stack()
        .container()
        .getBlobClient(name)
        .uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromBytes(job.video().bytes()))
                .setMetadata(Map.of("jobid", job.id(), "generationid", job.generationId())),
            null,
            null);
  }

  /** Records jobs as copied, in the columns of the courier, a hundred in a request. */
  void recordAsCopied(List<SimulatedJob> jobs) {
    StoredTable table = courier.stack().table("jobs");
    table.create();
    String at = Instant.now().minusSeconds(3600).toString();
    List<TableTransactionAction> rows = new ArrayList<>();
    for (SimulatedJob job : jobs) {
      TableEntity row =
          new TableEntity(
              "job", "%016d-%s".formatted(9_000_000_000_000_000L + rows.size(), job.id()));
      row.addProperty("jobId", job.id());
      row.addProperty("state", "copied");
      row.addProperty("attempt", 1);
      row.addProperty("looks", 1);
      List.of("first", "seen", "changed").forEach(name -> row.addProperty(name, at));
      rows.add(new TableTransactionAction(TableTransactionActionType.CREATE, row));
    }
    for (int i = 0; i < rows.size(); i += 100) {
      table.client().submitTransaction(rows.subList(i, Math.min(rows.size(), i + 100)));
    }
  }

  @Override
  public void close() {
    courier.close();
  }
}
