package io.soracourier.simulator;

/**
 * What is answered: the length and the framing of the body are added when it is sent.
 *
 * @param status 0 when nothing is answered at all
 */
public record Reply(int status, Headers headers, Content body) {

  static final Reply NOTHING = new Reply(0, Headers.none(), Content.EMPTY);

  public static Reply of(int status, String contentType, Content body) {
    return new Reply(status, Headers.none().with("Content-Type", contentType), body);
  }

  public static Reply json(int status, String json) {
    return of(status, "application/json", Content.of(json));
  }

  public static Reply empty(int status) {
    return new Reply(status, Headers.none(), Content.EMPTY);
  }

  public Reply with(String header, String value) {
    return new Reply(status, headers.with(header, value), body);
  }

  public Reply without(String header) {
    return new Reply(status, headers.without(header), body);
  }

  public Reply withStatus(int other) {
    return new Reply(other, headers, body);
  }

  public Reply withBody(Content other) {
    return new Reply(status, headers, other);
  }
}
