package io.soracourier.bench;

import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import io.soracourier.function.CopyVideo;
import io.soracourier.local.Azurite;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StoredBlob;
import io.soracourier.local.StoredTable;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The local stack without a host: what the courier and the others copy from and to. The simulator
 * lets everyone in, so that the others need not carry its key.
 */
final class BenchStack implements AutoCloseable {
  private static final Duration SIGNED_FOR = Duration.ofHours(12);

  /** So that its collector takes its part of the machine in no round rather than in some. */
  private static final int AZURITE_HEAP_MEBIBYTES = 1024;

  private final StorageSpace space;
  private final Azurite azurite;
  private final LocalStack stack;
  private final String signature;

  private BenchStack(StorageSpace space) {
    this.space = space;
    this.azurite =
        Azurite.builder()
            .onDisk(space.directory())
            .heapBeforeCollection(AZURITE_HEAP_MEBIBYTES)
            .start();
    this.stack =
        LocalStack.builder()
            .azurite(azurite)
            .simulator(SimulatorOptions.defaults().withAnonymous())
            .hosts(0)
            .start();
    this.signature =
        stack
            .container()
            .getServiceClient()
            .generateAccountSas(
                new AccountSasSignatureValues(
                    OffsetDateTime.now().plus(SIGNED_FOR),
                    AccountSasPermission.parse("rwdlac"),
                    new AccountSasService().setBlobAccess(true),
                    new AccountSasResourceType()
                        .setContainer(true)
                        .setObject(true)
                        .setService(true)));
  }

  static BenchStack start(Path storage) {
    return new BenchStack(StorageSpace.in(storage));
  }

  /** What a courier is given. */
  Map<String, String> settings(Map<String, String> more) {
    return settings(more, Passage.direct());
  }

  /** The same for one that reaches the services by a passage. */
  Map<String, String> settings(Map<String, String> more, Passage passage) {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put(CopyVideo.CONNECTION, passage.to(stack.account()).connectionString());
    settings.put("AZURE_OPENAI_ENDPOINT", passage.to(simulator().endpoint().toString()));
    settings.put("AZURE_OPENAI_API_KEY", simulator().apiKey());
    return settings;
  }

  SoraSimulator simulator() {
    return stack.simulator();
  }

  long azuritePid() {
    return azurite.pid();
  }

  /** Jobs that are done, each with a generation of its own and with the same video. */
  List<SimulatedJob> doneJobs(int count, long bytes) {
    Mp4 video = Mp4.ofSize(bytes, bytes);
    return IntStream.range(0, count)
        .mapToObj(i -> simulator().sora1Job().video(video).add())
        .toList();
  }

  /** A job that is done, with a video of that size. */
  SimulatedJob doneJob(long bytes, long seed) {
    return simulator().sora1Job().video(Mp4.ofSize(bytes, seed)).add();
  }

  /** Where its content is, for programs that do not look for it. */
  URI contentUri(SimulatedJob job) {
    return simulator()
        .uri(
            "/openai/v1/video/generations/%s/content/video?api-version=preview"
                .formatted(job.generationId()));
  }

  static String blobName(SimulatedJob job) {
    return job.generationId() + ".mp4";
  }

  /** The blob that a job's video is to become, with the right to write it. */
  String signedBlobUrl(SimulatedJob job) {
    return stack.container().getBlobContainerUrl() + "/" + blobName(job) + "?" + signature;
  }

  /** The account's blob service, with every right. */
  String signedServiceUrl() {
    return stack.account().blobEndpoint() + "?" + signature;
  }

  String containerName() {
    return stack.container().getBlobContainerName();
  }

  /** Makes sure that a video arrived byte for byte, and makes room for the next one. */
  void verifyAndDelete(SimulatedJob job) {
    StoredBlob blob = stack.blob(blobName(job));
    String md5 = blob.md5OfContent();
    if (blob.size() != job.video().length() || !md5.equals(job.video().md5Base64())) {
      throw new BenchException(blob.url() + " is not the video");
    }
    stack.container().getBlobClient(blobName(job)).delete();
    if (stack.blobNames().isEmpty()) {
      space.reclaim();
    }
    simulator().forgetRequests();
  }

  /** Whatever a failed measurement left. */
  void deleteAll() {
    stack.blobNames().forEach(name -> stack.container().getBlobClient(name).deleteIfExists());
    space.reclaim();
  }

  /** Puts one message on the queue of jobs that nobody sees for an hour, as a look does. */
  void putMessage(String text) {
    stack.jobs().client().sendMessageWithResponse(text, Duration.ofHours(1), null, null, null);
  }

  /** The table of the records, which is made if it is not there. */
  StoredTable records() {
    StoredTable table = stack.table("jobs");
    table.createIfMissing();
    return table;
  }

  void forgetMessages() {
    stack.jobs().client().clearMessages();
    simulator().forgetRequests();
  }

  @Override
  public void close() {
    stack.close();
    azurite.close();
    space.close();
  }
}
