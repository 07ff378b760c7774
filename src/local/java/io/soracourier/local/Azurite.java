package io.soracourier.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A running Azurite, Microsoft's emulator of Azure Storage, with its blob, queue and table services
 * on the loopback interface.
 *
 * <p>It accepts service versions that it does not know, which it does not by default: today's SDKs
 * send newer ones than any release of it knows. {@link Builder#knownVersions} verifies the courier
 * against the versions that it does know.
 */
public final class Azurite implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern LISTENING =
      Pattern.compile(
          "Azurite (Blob|Queue|Table) service is successfully listening at (https?://\\S+)");

  /** Public knowledge: the account that {@code UseDevelopmentStorage=true} stands for. */
  private static final String DEVELOPMENT_ACCOUNT = "devstoreaccount1";

  private static final String DEVELOPMENT_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  /**
   * Azure's storage keeps idle connections for minutes, so that its clients leave first. Azurite's
   * five seconds would cut requests that are sent in that moment, which no client tries again
   * unless it is set to.
   */
  private static final String KEPT_SECONDS = "1800";

  private static final int SPARE_ACCOUNTS = 400;
  private static Azurite shared;

  private final Process process;
  private final String blobOrigin;
  private final String queueOrigin;
  private final String tableOrigin;
  private final Queue<StorageAccount> unused = new ConcurrentLinkedQueue<>();

  private Azurite(
      Process process,
      String blobOrigin,
      String queueOrigin,
      String tableOrigin,
      List<AccountKey> accounts) {
    this.process = process;
    this.blobOrigin = blobOrigin;
    this.queueOrigin = queueOrigin;
    this.tableOrigin = tableOrigin;
    accounts.forEach(account -> unused.add(account(account.name(), account.key())));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** One for the whole JVM, started when first asked for: a fresh account isolates a test. */
  public static synchronized Azurite shared() {
    if (shared == null) {
      shared = builder().start();
    }
    return shared;
  }

  /** The account that everybody knows, {@code devstoreaccount1}. */
  public StorageAccount developmentAccount() {
    return account(DEVELOPMENT_ACCOUNT, DEVELOPMENT_KEY);
  }

  /** An account that nobody has used: empty, and its own. */
  public StorageAccount freshAccount() {
    StorageAccount account = unused.poll();
    if (account == null) {
      throw new LocalStackException(
          "Azurite: all %d accounts have been handed out; start another".formatted(SPARE_ACCOUNTS));
    }
    return account;
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it in its own time, so that what it writes to disk is whole. */
  @Override
  public void close() {
    ChildProcesses.terminate(process);
  }

  private StorageAccount account(String name, String key) {
    return new StorageAccount(
        name, key, blobOrigin + "/" + name, queueOrigin + "/" + name, tableOrigin + "/" + name);
  }

  private record AccountKey(String name, String key) {}

  /** How to start it. In memory and on free ports unless told otherwise. */
  public static final class Builder {
    private Path projectDirectory = ProjectDirectory.path();
    private int blobPort;
    private int queuePort;
    private int tablePort;
    private int memoryLimit = 4096;
    private List<String> nodeOptions = List.of();
    private Path location;
    private ThrowAwayCertificate certificate;
    private boolean knownVersions;

    private Builder() {}

    Builder projectDirectory(Path directory) {
      this.projectDirectory = directory;
      return this;
    }

    /** Fixed ports; 0, the default, takes a free one. */
    public Builder ports(int blob, int queue, int table) {
      this.blobPort = blob;
      this.queuePort = queue;
      this.tablePort = table;
      return this;
    }

    /**
     * How much it may hold in memory, in MiB. Beyond that it stops answering, and deleted blobs
     * count until it has collected them, some minutes later.
     */
    public Builder memoryLimit(int mebibytes) {
      this.memoryLimit = mebibytes;
      return this;
    }

    /**
     * Lets its heap grow to so many MiB before all of it is collected. By default Node.js does that
     * over and over while blocks come in, at some times and not at others, which takes longer than
     * to store them.
     */
    public Builder heapBeforeCollection(int mebibytes) {
      this.nodeOptions = List.of("--initial-old-space-size=" + mebibytes, "--no-memory-reducer");
      return this;
    }

    /** Keeps the data in this directory rather than in memory. */
    public Builder onDisk(Path location) {
      this.location = location;
      return this;
    }

    /** Serves https with this certificate, and takes bearer tokens in addition to account keys. */
    public Builder bearerTokens(ThrowAwayCertificate certificate) {
      this.certificate = certificate;
      return this;
    }

    /** Refuses requests of a service version that it does not know. */
    public Builder knownVersions() {
      this.knownVersions = true;
      return this;
    }

    public Azurite start() {
      Path script =
          new NodePackages(projectDirectory, "src/local/azurite")
              .file("azurite/dist/src/azurite.js");
      List<AccountKey> accounts = accounts();
      ProcessBuilder command = new ProcessBuilder(words(script)).redirectErrorStream(true);
      command.environment().keySet().removeIf(name -> name.startsWith("AZURITE_"));
      command
          .environment()
          .put(
              "AZURITE_ACCOUNTS",
              DEVELOPMENT_ACCOUNT
                  + ":"
                  + DEVELOPMENT_KEY
                  + ";"
                  + accounts.stream()
                      .map(account -> account.name() + ":" + account.key())
                      .collect(Collectors.joining(";")));
      try {
        Process process = ChildProcesses.watch(command.start());
        return new Startup(process, this).await(accounts);
      } catch (IOException e) {
        throw new LocalStackException("Azurite: cannot start node", e);
      }
    }

    private List<String> words(Path script) {
      List<String> words = new ArrayList<>(List.of("node"));
      words.addAll(nodeOptions);
      words.add(script.toString());
      words.addAll(List.of("--silent", "--disableTelemetry", "--disableProductStyleUrl"));
      words.addAll(List.of("--blobHost", "127.0.0.1", "--blobPort", "" + blobPort));
      words.addAll(List.of("--queueHost", "127.0.0.1", "--queuePort", "" + queuePort));
      words.addAll(List.of("--tableHost", "127.0.0.1", "--tablePort", "" + tablePort));
      for (String service : List.of("blob", "queue", "table")) {
        words.addAll(List.of("--" + service + "KeepAliveTimeout", KEPT_SECONDS));
      }
      if (!knownVersions) {
        words.add("--skipApiVersionCheck");
      }
      if (location != null) {
        words.addAll(List.of("--location", location.toString()));
      } else {
        words.addAll(List.of("--inMemoryPersistence", "--extentMemoryLimit", "" + memoryLimit));
      }
      if (certificate != null) {
        words.addAll(List.of("--cert", certificate.file().toString()));
        words.addAll(List.of("--pwd", ThrowAwayCertificate.PASSWORD, "--oauth", "basic"));
      }
      return words;
    }

    private static List<AccountKey> accounts() {
      SecureRandom random = new SecureRandom();
      List<AccountKey> accounts = new ArrayList<>();
      for (int i = 1; i <= SPARE_ACCOUNTS; i++) {
        byte[] key = new byte[64];
        random.nextBytes(key);
        accounts.add(
            new AccountKey("local%05d".formatted(i), Base64.getEncoder().encodeToString(key)));
      }
      return accounts;
    }
  }

  /** Reads the origins from what Azurite prints while it starts. */
  private record Startup(Process process, Builder builder) {
    Azurite await(List<AccountKey> accounts) {
      Journal<String> output = new Journal<>();
      Thread reader = new Thread(() -> read(output), "azurite-output");
      reader.setDaemon(true);
      reader.start();
      try {
        String blobs = origin("Blob", output);
        String queues = origin("Queue", output);
        // The last line before it handles SIGTERM: until then it would end without having saved.
        // Both are in one turn of its event loop, so that any request is answered after both.
        String tables = origin("Table", output);
        return new Azurite(process, blobs, queues, tables, accounts);
      } catch (AssertionError | LocalStackException e) {
        ChildProcesses.kill(process);
        throw new LocalStackException(reason(output.entries()), e);
      }
    }

    private String origin(String service, Journal<String> output) {
      String line =
          output.await(
              text -> ended(text) || (matches(text) && text.contains(" " + service + " ")),
              START_TIMEOUT,
              "lines that tell Azurite's " + service + " port");
      if (ended(line)) {
        throw new LocalStackException(line);
      }
      Matcher matcher = LISTENING.matcher(line);
      return matcher.find() ? matcher.group(2) : line;
    }

    private static boolean matches(String line) {
      return LISTENING.matcher(line).find();
    }

    private static boolean ended(String line) {
      return line.equals(END);
    }

    private static final String END = "(Azurite ended)";

    private void read(Journal<String> output) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          output.add(line);
        }
      } catch (IOException closed) {
        // the process is gone, as is what it had to say
      }
      output.add(END);
    }

    private String reason(List<String> output) {
      String said = String.join(" ", output);
      Matcher inUse = Pattern.compile("EADDRINUSE\\D*[\\d.]+:(\\d+)").matcher(said);
      if (inUse.find()) {
        return "Azurite: port %s is in use; end what listens there, or ask for another port"
            .formatted(inUse.group(1));
      }
      return "Azurite did not start: " + said;
    }
  }
}
