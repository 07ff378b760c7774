package io.soracourier.content;

import io.soracourier.content.ContentResolver.LocationFindings;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobReaders;
import io.soracourier.sora.SoraDefaults;
import io.soracourier.sora.VideoJob;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;

/** A resolver, put together by hand and so without retries, before a simulator of its own. */
final class ResolverFixture implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  final ContentFixture service;
  final SoraSimulator simulator;
  final ContentResolver resolver;
  private final JobSearch jobs;

  ResolverFixture() {
    this(new ContentFixture());
  }

  private ResolverFixture(ContentFixture service) {
    this.service = service;
    this.simulator = service.simulator;
    Probe probe = new Probe(service.client, service.errors, Clock.systemUTC());
    this.resolver = new ContentResolver(probe, service.client, service.endpoint, service.errors);
    this.jobs =
        new JobSearch(
            probe,
            service.endpoint,
            JobReaders.of(service.endpoint, service.errors),
            service.errors,
            new SoraDefaults());
  }

  /** One before the same simulator that has learned nothing yet; it is not to be closed. */
  ResolverFixture another() {
    return new ResolverFixture(service);
  }

  /** The job as the service gives it; the requests for it are forgotten. */
  VideoJob job(SimulatedJob job) {
    VideoJob found = jobs.find(new JobId(job.id())).job().orElseThrow();
    simulator.forgetRequests();
    return found;
  }

  /** Resolves the content of a job's first generation and reads it. */
  byte[] fetch(SimulatedJob job) {
    return fetch(job(job), 0);
  }

  byte[] fetch(VideoJob job, int generation) {
    try (VideoStream stream =
        resolver.open(job, job.generations().get(generation), () -> true).orElseThrow()) {
      Buffer whole = Buffer.buffer();
      for (ByteBuffer read = stream.read(PIECE); read != null; read = stream.read(PIECE)) {
        whole.appendBytes(read.array(), read.arrayOffset() + read.position(), read.remaining());
      }
      return whole.getBytes();
    }
  }

  List<LocationFindings> diagnose(SimulatedJob job) {
    VideoJob found = job(job);
    return resolver
        .diagnose(found, found.generations().get(0), new SearchBudget(() -> true, 0))
        .locations();
  }

  /** From now on the documented endpoints have no content. */
  ResolverFixture withoutDocumentedContent() {
    simulator.on(Route.GET_CONTENT).always(Fault.error(ServiceError.notFound()));
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.error(ServiceError.notFound()));
    return this;
  }

  /** Serves a video at a path and query of one's own, and nowhere else. */
  void serve(String target, Content video) {
    simulator.on(request -> request.target().equals(target)).always(Fault.video(video));
  }

  /** What was requested after the job, in order. */
  List<String> targets() {
    return simulator.requests().stream().map(RecordedRequest::target).toList();
  }

  @Override
  public void close() {
    service.close();
  }
}
