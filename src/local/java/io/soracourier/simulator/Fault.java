package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.simulator.Delivery.Ending;
import io.soracourier.simulator.Delivery.Framing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One scripted deviation from the normal answer: another reply, another way of sending it, or both.
 * A fault that replaces the reply wholly does not make the job's script move on; one that only
 * changes it (a header, a cut) does.
 *
 * <p>Faults are values and combine: {@code Fault.chunked().and(Fault.cutAfter(1000))}.
 */
public final class Fault {

  /** What the simulator would answer, made only when asked for. */
  interface Normal {
    Reply to(Request request);

    /** An error in the body shape the simulator is set to. */
    Reply error(ServiceError error);

    default Normal changedBy(Change change) {
      Normal before = this;
      return new Normal() {
        @Override
        public Reply to(Request request) {
          return change.apply(request, before);
        }

        @Override
        public Reply error(ServiceError error) {
          return before.error(error);
        }
      };
    }
  }

  /** Turns the normal answer into the one to send. */
  interface Change {
    Reply apply(Request request, Normal normal);
  }

  private static final Change UNCHANGED = (request, normal) -> normal.to(request);

  private final String name;
  private final Change change;
  private final UnaryOperator<Delivery> delivery;

  private Fault(String name, Change change, UnaryOperator<Delivery> delivery) {
    this.name = name;
    this.change = change;
    this.delivery = delivery;
  }

  /** The normal answer: a pause in a script. */
  public static Fault none() {
    return sent("none", UnaryOperator.identity());
  }

  /** This fault's reply changed further, sent both ways. */
  public Fault and(Fault next) {
    return new Fault(
        name + " and " + next.name,
        (request, normal) -> next.change.apply(request, normal.changedBy(change)),
        plain -> next.delivery.apply(delivery.apply(plain)));
  }

  // Other replies

  public static Fault reply(Reply reply) {
    return replaced("reply " + reply.status(), request -> reply);
  }

  /** A reply made from the request, e.g. to answer odd routes. */
  public static Fault replyWith(Function<Request, Reply> maker) {
    return replaced("made reply", maker);
  }

  /** A bare status without a body. */
  public static Fault status(int status) {
    return reply(Reply.empty(status));
  }

  /** A documented error in the body shape the simulator is set to. */
  public static Fault error(ServiceError error) {
    return new Fault(
        "error " + error.status(),
        (request, normal) -> normal.error(error),
        UnaryOperator.identity());
  }

  public static Fault json(int status, String json) {
    return reply(Reply.json(status, json));
  }

  /** A page such as gateways answer with. */
  public static Fault html(int status) {
    String page = "<!DOCTYPE html><html><body><h1>Service notice " + status + "</h1></body></html>";
    return reply(Reply.of(status, "text/html", Content.of(page)));
  }

  /** A video with the headers of the content routes, ranges included. */
  public static Fault video(Content video) {
    return video(video, Validators.of(Instant.parse("2026-01-01T00:00:00Z")));
  }

  /** Another video than the job's own, or the same changed at another time. */
  public static Fault video(Content video, Validators validators) {
    return replaced("other video", request -> ContentReply.video(request, video, validators, true));
  }

  /** 302 to an address, as given. */
  public static Fault redirect(URI to) {
    return redirect(302, to.toString());
  }

  /** A redirect with any status and any {@code Location}, well-formed or not. */
  public static Fault redirect(int status, String location) {
    return reply(Reply.empty(status).with("Location", location));
  }

  // Changed replies

  public static Fault header(String name, String value) {
    return changed("header " + name, reply -> reply.with(name, value));
  }

  public static Fault withoutHeader(String name) {
    return changed("without " + name, reply -> reply.without(name));
  }

  public static Fault statusInstead(int status) {
    return changed("status " + status, reply -> reply.withStatus(status));
  }

  public static Fault body(Content body) {
    return changed("other body", reply -> reply.withBody(body));
  }

  /** Any other change of the normal reply. */
  public static Fault changing(UnaryOperator<Reply> changing) {
    return changed("changed", changing);
  }

  /** The normal JSON object, edited: a field removed, a URL put in. */
  public static Fault editedJson(Consumer<ObjectNode> edit) {
    return changed("edited JSON", reply -> reply.withBody(Json.edited(reply.body(), edit)));
  }

  public static Fault retryAfter(int seconds) {
    return header("Retry-After", String.valueOf(seconds));
  }

  /** {@code Retry-After} as an HTTP-date. */
  public static Fault retryAfter(Instant until) {
    return header("Retry-After", HttpDate.of(until));
  }

  /** The whole body with 200, whatever {@code Range} asks. */
  public static Fault ignoreRange() {
    return new Fault(
        "Range ignored",
        (request, normal) -> normal.to(request.without("Range")),
        UnaryOperator.identity());
  }

  /** The range asked for is claimed, but the bytes are others. */
  public static Fault otherBytes() {
    return changed("other bytes", reply -> reply.withBody(ContentReply.scrambled(reply.body())));
  }

  /** A 206 whose {@code Content-Range} says something else than was asked, e.g. another total. */
  public static Fault contentRange(String value) {
    return header("Content-Range", value);
  }

  // Other ways of sending

  /** The connection is reset before the first byte of the head. */
  public static Fault reset() {
    return silent("reset", Ending.RESET);
  }

  /** The connection is closed in order before the first byte of the head. */
  public static Fault closeUnanswered() {
    return silent("close", Ending.CLOSE);
  }

  /** No byte comes until the client closes the connection. */
  public static Fault noAnswer() {
    return silent("no response", Ending.STALL);
  }

  /** The head starts only after this time. */
  public static Fault late(Duration time) {
    return sent("late", delivery -> delivery.waiting(time));
  }

  /** The head comes byte by byte. */
  public static Fault slowHead(Duration betweenBytes) {
    return sent("slow head", delivery -> delivery.slowHead(betweenBytes));
  }

  /** Closed in order after that many bytes of the body; exactly these arrive. */
  public static Fault cutAfter(long bytes) {
    return sent("cut after " + bytes, delivery -> delivery.stopping(bytes, Ending.CLOSE));
  }

  /** Closed in order after half of the body, however long it is. */
  public static Fault cutInTheMiddle() {
    return sent(
        "cut in the middle", delivery -> delivery.stopping(Delivery.IN_THE_MIDDLE, Ending.CLOSE));
  }

  /** Reset after that many bytes of the body; the last ones may be lost with the reset. */
  public static Fault resetAfter(long bytes) {
    return sent("reset after " + bytes, delivery -> delivery.stopping(bytes, Ending.RESET));
  }

  /** Nothing more after that many bytes of the body, the connection open. */
  public static Fault stallAfter(long bytes) {
    return sent("stall after " + bytes, delivery -> delivery.stopping(bytes, Ending.STALL));
  }

  public static Fault trickle(int bytes, Duration every) {
    return sent("trickle", delivery -> delivery.inPieces(bytes, every));
  }

  /** A {@code Content-Length} other than the body's: the body comes whole, then the end. */
  public static Fault declaredLength(long bytes) {
    return sent("declared " + bytes, delivery -> delivery.declaring(bytes));
  }

  /** Chunked with a proper end, without a length; {@link #cutAfter} then cuts at a chunk's edge. */
  public static Fault chunked() {
    return sent("chunked", delivery -> delivery.framed(Framing.CHUNKED));
  }

  /** Chunked and closed in the middle of a chunk, after that many bytes and a few. */
  public static Fault chunkedCutInside(long bytes) {
    return chunked().and(sent("mid-chunk", delivery -> delivery.stopping(bytes, Ending.MID_CHUNK)));
  }

  /** Chunked until, after that many bytes, the size of a chunk is not a number. */
  public static Fault badChunkAfter(long bytes) {
    return chunked().and(sent("bad chunk", delivery -> delivery.stopping(bytes, Ending.BAD_CHUNK)));
  }

  /** Neither length nor chunks: the end of the connection is the end of the body. */
  public static Fault untilClose() {
    return sent("until close", delivery -> delivery.framed(Framing.UNTIL_CLOSE));
  }

  /** Interim responses before the one that answers, such as 102. */
  public static Fault interim(int... statuses) {
    StringBuilder heads = new StringBuilder();
    for (int status : statuses) {
      heads.append("HTTP/1.1 ").append(status).append(" Interim\r\nX-Interim: yes\r\n\r\n");
    }
    return sent("interim responses", delivery -> delivery.between(heads.toString(), ""));
  }

  /** More bytes than were declared: the connection is kept, and they come before the next reply. */
  public static Fault bytesAfterBody(String bytes) {
    return sent("bytes after the body", delivery -> delivery.between("", bytes));
  }

  Reply apply(Request request, Normal normal) {
    return change.apply(request, normal);
  }

  Delivery delivery() {
    return delivery.apply(Delivery.PLAIN);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Fault replaced(String name, Function<Request, Reply> maker) {
    return new Fault(name, (request, normal) -> maker.apply(request), UnaryOperator.identity());
  }

  private static Fault changed(String name, UnaryOperator<Reply> changing) {
    return new Fault(
        name, (request, normal) -> changing.apply(normal.to(request)), UnaryOperator.identity());
  }

  private static Fault sent(String name, UnaryOperator<Delivery> delivery) {
    return new Fault(name, UNCHANGED, delivery);
  }

  private static Fault silent(String name, Ending ending) {
    return new Fault(
        name,
        (request, normal) -> Reply.NOTHING,
        delivery -> delivery.stopping(Delivery.BEFORE_HEAD, ending));
  }
}
