package io.soracourier.infra;

import io.soracourier.local.StorageAccount;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A program {@code az} for machines without the Azure CLI: a script that passes its words to this
 * process, which does what they say to an account of Azurite. As in the real one, a word {@code
 * @file} or {@code --option=@file} becomes the file's content, and {@code -} as the file is the
 * standard input ({@code _expand_file_prefixed_files} in azure-cli-core).
 */
final class AzureCliStandIn implements AutoCloseable {
  private final ServerSocket server;
  private final StorageAccount account;
  private final Path directory;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private volatile String refused = "";

  private AzureCliStandIn(ServerSocket server, StorageAccount account, Path directory) {
    this.server = server;
    this.account = account;
    this.directory = directory;
  }

  /**
   * @param directory where {@code az} is put, and where it is called
   */
  static AzureCliStandIn install(Path directory, StorageAccount account) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Path az = directory.resolve("az");
    Files.writeString(
        az,
        """
        #!/usr/bin/env bash
        words=()
        for word; do
          option= value=$word
          if [[ $word == *=* ]]; then option=${word%%=*}= value=${word#*=}; fi
          if [[ $value == @- ]]; then
            value=$(cat)
          elif [[ $value == @?* && -r ${value#@} ]]; then
            value=$(<"${value#@}")
          fi
          words+=("$option$value")
        done
        exec 3<>/dev/tcp/127.0.0.1/PORT
        printf '%s\\0' "$#" "${words[@]}" >&3
        read -r status <&3
        cat <&3
        exit "$status"
        """
            .replace("PORT", String.valueOf(server.getLocalPort())));
    Files.setPosixFilePermissions(az, PosixFilePermissions.fromString("rwxr-xr-x"));
    AzureCliStandIn standIn = new AzureCliStandIn(server, account, directory);
    Thread thread = new Thread(standIn::serve, "az");
    thread.setDaemon(true);
    thread.start();
    return standIn;
  }

  /** From now on this command fails, as without the role that it needs. */
  void refuse(String command) {
    this.refused = command;
  }

  /** The commands so far, without their options. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket caller = server.accept()) {
        DataInputStream words = new DataInputStream(caller.getInputStream());
        List<String> command = new ArrayList<>();
        for (int left = Integer.parseInt(word(words)); left > 0; left--) {
          command.add(word(words));
        }
        caller.getOutputStream().write(answer(command).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException("az: the script went away", e);
        }
      }
    }
  }

  /** The exit status on a line of its own, then what is printed. */
  private String answer(List<String> command) {
    String name = String.join(" ", command.subList(0, 3));
    commands.add(name);
    if (name.equals(refused)) {
      return "1\n";
    }
    try {
      return "0\n" + new AzureCliCommand(account, directory, command).run();
    } catch (RuntimeException e) {
      return "1\n" + e.getMessage() + "\n";
    }
  }

  private static String word(DataInputStream words) throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    for (byte next = words.readByte(); next != 0; next = words.readByte()) {
      word.write(next);
    }
    return word.toString(StandardCharsets.UTF_8);
  }
}
