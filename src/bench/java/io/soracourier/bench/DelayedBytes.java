package io.soracourier.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection over a distance. Bytes arrive half a round trip after the line has
 * sent them; the first ones of the client wait for the handshake of TCP before, a round trip. With
 * slow start no more are on their way than the window has, which is ten segments, grows by each
 * byte that is acknowledged, and is halved for each 200 ms in which nothing was sent, as Linux does
 * it. Bytes are never lost.
 */
final class DelayedBytes {
  private static final int PIECE = 64 * 1024;
  private static final int SEGMENT = 1448;
  private static final int FIRST_WINDOW = 10 * SEGMENT;

  /** What Linux lets a socket send at most by default. */
  private static final int MAX_WINDOW = 4 << 20;

  private static final long IDLE_NANOS = 200_000_000;
  private static final Piece END = new Piece(0, new byte[0]);

  private final long roundTripNanos;
  private final boolean slowStart;
  private final Line line;
  private final long connectedNanos;
  private final BlockingQueue<Piece> onTheirWay = new LinkedBlockingQueue<>();
  private final Deque<Piece> unacknowledged = new ArrayDeque<>();
  private int inFlight;
  private int window = FIRST_WINDOW;
  private long lastSent;

  /** Bytes with the time at which they arrive. */
  private record Piece(long nanos, byte[] bytes) {}

  DelayedBytes(Distance distance, Line line, long acceptedNanos, boolean fromClient) {
    this.roundTripNanos = distance.roundTrip().toNanos();
    this.slowStart = distance.hasSlowStart();
    this.line = line;
    this.connectedNanos = acceptedNanos + (fromClient ? roundTripNanos : 0);
  }

  /** Until the end of what is sent. */
  void pass(InputStream from, OutputStream to) throws IOException {
    Thread writer = new Thread(() -> write(to), "relay-writer");
    writer.setDaemon(true);
    writer.start();
    byte[] buffer = new byte[PIECE];
    try {
      for (int read = from.read(buffer, 0, room());
          read >= 0;
          read = from.read(buffer, 0, room())) {
        send(Arrays.copyOf(buffer, read));
      }
    } finally {
      onTheirWay.add(END);
      join(writer);
    }
  }

  private void send(byte[] bytes) {
    long now = Math.max(System.nanoTime(), connectedNanos);
    if (slowStart && inFlight == 0) {
      for (long idle = now - lastSent; idle > IDLE_NANOS && window > FIRST_WINDOW; ) {
        window = Math.max(FIRST_WINDOW, window / 2);
        idle -= IDLE_NANOS;
      }
    }
    lastSent = line.send(bytes.length, now);
    Piece piece = new Piece(lastSent + roundTripNanos / 2, bytes);
    inFlight += bytes.length;
    unacknowledged.add(piece);
    onTheirWay.add(piece);
  }

  /** How many bytes may be sent now, at least one: waits until there are some. */
  private int room() {
    if (!slowStart) {
      return PIECE;
    }
    while (true) {
      long now = System.nanoTime();
      while (!unacknowledged.isEmpty()
          && unacknowledged.peek().nanos() + roundTripNanos / 2 <= now) {
        int acknowledged = unacknowledged.remove().bytes().length;
        inFlight -= acknowledged;
        window = Math.min(MAX_WINDOW, window + acknowledged);
      }
      if (window - inFlight >= SEGMENT) {
        return Math.min(PIECE, window - inFlight);
      }
      sleepUntil(unacknowledged.element().nanos() + roundTripNanos / 2);
    }
  }

  private void write(OutputStream to) {
    try {
      for (Piece piece = onTheirWay.take(); piece != END; piece = onTheirWay.take()) {
        sleepUntil(piece.nanos());
        to.write(piece.bytes());
      }
    } catch (IOException gone) {
      // The receiver wants no more; the sender will notice.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
