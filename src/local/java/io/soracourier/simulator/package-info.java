/**
 * A simulator of the video generation services: both APIs as a real HTTP server on loopback, every
 * state a job can be in, faults by script, genuine MP4s, and a record of what it was asked.
 *
 * <h2>A healthy job</h2>
 *
 * <pre>{@code
 * try (SoraSimulator simulator = SoraSimulator.start()) {
 *   SimulatedJob job =
 *       simulator
 *           .sora1Job()
 *           .variants(4)
 *           .statuses("queued", "running", "succeeded") // look after look
 *           .video(Mp4.genuine(), Mp4.ofSize(1L << 30, 7))
 *           .add();
 *
 *   // point the courier at simulator.endpoint() with simulator.apiKey(), send it job.id() …
 *
 *   assertThat(simulator.requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
 *   assertThat(blob.md5()).isEqualTo(job.video().md5());
 * }
 * }</pre>
 *
 * <p>A job can also advance by the clock ({@link
 * io.soracourier.simulator.JobBuilder#statusesEvery}), as those do that are made over the real
 * create routes. With a {@link io.soracourier.simulator.MutableClock} a test decides what time it
 * is: {@code clock.advance(Duration.ofHours(24))} and everything has expired. Ids carry the
 * creation time, so {@code createdAt} in the past gives an id that says so.
 *
 * <h2>Faults</h2>
 *
 * <p>A {@link io.soracourier.simulator.Script} gives the answers to some requests: faults in order,
 * one a request, then one for always or the normal answer. {@link io.soracourier.simulator.Fault}
 * lists them; they combine.
 *
 * <pre>{@code
 * simulator.on(Route.GET_JOB, job.id())
 *     .answer(Fault.error(ServiceError.server(503)).and(Fault.retryAfter(2)), Fault.reset());
 * simulator.on(Route.GET_CONTENT, job.generationId())
 *     .answer(10, Fault.cutAfter(100_000))
 *     .always(Fault.chunked());
 * }</pre>
 *
 * <p>The credential is checked before a script is asked, so that a rejected request uses none up. A
 * fault that replaces the answer does not make a job's states advance; one that only changes it
 * does.
 *
 * <h2>Odd servers, and other ones</h2>
 *
 * <p>Any path can be scripted, for endpoint shapes that the services do not have, for URLs that a
 * test puts into a job's JSON, or for a whole other server that only records what arrives:
 *
 * <pre>{@code
 * simulator.on(Route.GET_CONTENT).always(Fault.error(ServiceError.notFound()));
 * simulator.on("GET", "/files/a.mp4").always(Fault.video(job.video()));
 * simulator.sora1Job().editGenerations(json -> json.put("url", simulator.uri("/files/a.mp4").toString()));
 *
 * SoraSimulator sink = SoraSimulator.sink();
 * simulator.on(Route.GET_CONTENT).always(Fault.redirect(sink.uri("/elsewhere")));
 * assertThat(sink.requests()).noneMatch(request -> request.headers().has("api-key"));
 * }</pre>
 *
 * <h2>Servers of the same shape</h2>
 *
 * <p>Gateways, model servers and providers are {@linkplain io.soracourier.simulator.ServerProfile
 * profiles}: data in {@code src/local/resources/servers}, written from their sources. A simulator
 * that plays one has its paths, ids, words, times, errors and ways to give content, and wants its
 * credential. Jobs are described and scripted as those of Sora 2:
 *
 * <pre>{@code
 * SimulatorOptions.defaults().withServer(ServerProfile.named("litellm"));
 * simulator.sora2Video().failed("internal_error").add();
 * }</pre>
 *
 * <p>A host of media other than the server's own is the same simulator under loopback's other name,
 * {@code localhost}.
 *
 * <p>What the services do is taken from Azure's specification and from published answers. Where
 * nothing is published (the body for an unknown or expired job, the answer for content that is not
 * ready), the simulator says as little as it can, and {@link
 * io.soracourier.simulator.SoraSimulator} has a switch where it matters.
 */
package io.soracourier.simulator;
