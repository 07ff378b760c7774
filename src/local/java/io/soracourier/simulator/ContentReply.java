package io.soracourier.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers of the content routes: the three headers the specification requires, and ranges. */
final class ContentReply {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private ContentReply() {}

  static Reply video(Request request, Content video, Validators validators, boolean ranges) {
    return of(request, "video/mp4", video, validators, ranges);
  }

  static Reply of(
      Request request, String type, Content content, Validators validators, boolean ranges) {
    Reply whole = validators.on(Reply.of(200, type, content));
    if (!ranges) {
      return whole;
    }
    Reply offering = whole.with("Accept-Ranges", "bytes");
    Matcher range = RANGE.matcher(request.header("Range").orElse(""));
    return request.method().equals("GET") && validators.allowRange(request) && range.matches()
        ? part(offering, range.group(1), range.group(2))
        : offering;
  }

  private static Reply part(Reply whole, String first, String last) {
    long length = whole.body().length();
    if (first.isEmpty() && last.isEmpty()) {
      return whole;
    }
    long from = first.isEmpty() ? Math.max(0, length - number(last)) : number(first);
    long to = first.isEmpty() || last.isEmpty() ? length - 1 : Math.min(number(last), length - 1);
    if (from >= length || to < from) {
      return whole
          .withStatus(416)
          .withBody(Content.EMPTY)
          .with("Content-Range", "bytes */" + length);
    }
    return whole
        .withStatus(206)
        .withBody(whole.body().slice(from, to - from + 1))
        .with("Content-Range", "bytes " + from + "-" + to + "/" + length);
  }

  /** Digits beyond any length mean "to the end". */
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /** Content of the same length with every byte another. */
  static Content scrambled(Content content) {
    return new Content() {
      @Override
      public long length() {
        return content.length();
      }

      @Override
      public void writeTo(OutputStream out, long from, long length) throws IOException {
        content.writeTo(new Scrambler(out), from, length);
      }
    };
  }

  private static final class Scrambler extends OutputStream {
    private final OutputStream out;

    Scrambler(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b ^ 0x55);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] others = Arrays.copyOfRange(bytes, offset, offset + length);
      for (int i = 0; i < length; i++) {
        others[i] ^= 0x55;
      }
      out.write(others);
    }
  }
}
