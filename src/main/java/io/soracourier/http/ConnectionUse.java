package io.soracourier.http;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the responses that a connection has received whole: from that moment on it may be the next
 * request's, so that giving a response up must leave the connection alone. All of it happens on the
 * connection's event loop.
 */
final class ConnectionUse extends ChannelInboundHandlerAdapter {
  /**
   * Seconds that an idle connection is kept: less than the five after which common servers close
   * theirs, so that a request rarely meets a connection that is being closed.
   */
  static final int KEPT_SECONDS = 4;

  /** What a server may say of an idle connection, at the moment in which it is used again. */
  static final int REQUEST_TIMEOUT = 408;

  private static final int SWITCHING = 101;

  private static final AttributeKey<ConnectionUse> KEY =
      AttributeKey.valueOf(ConnectionUse.class, "use");

  /**
   * What follows these is no response to the next request: another protocol after 101, and after
   * 408, which may come without a request, that to the one before.
   */
  private static final Set<Integer> LAST = Set.of(SWITCHING, REQUEST_TIMEOUT);

  private int responses;
  private boolean over;
  private @Nullable Runnable atEnd;

  /** Must be added before the first request is sent. */
  static ConnectionUse begin(HttpConnection connection) {
    ConnectionUse use = new ConnectionUse();
    ((ConnectionBase) connection).channel().attr(KEY).set(use);
    return use;
  }

  static ConnectionUse of(HttpConnection connection) {
    return requireNonNull(((ConnectionBase) connection).channel().attr(KEY).get(), "begun");
  }

  /** How many responses have been received whole. */
  int responses() {
    return responses;
  }

  /** Runs when the response that is being received is there to its end. */
  void atEnd(Runnable action) {
    atEnd = action;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    boolean last = message instanceof LastHttpContent;
    if (message instanceof HttpResponse response) {
      // A server may want connections to be kept for ever.
      response.headers().remove("Keep-Alive");
      if (LAST.contains(response.status().code())) {
        response.headers().set("Connection", "close");
        over = true;
      }
    }
    if (!last) {
      context.fireChannelRead(message);
      return;
    }
    // Before it is passed on, because the next request may get the connection by that.
    responses++;
    Runnable action = atEnd;
    atEnd = null;
    context.fireChannelRead(message);
    if (action != null) {
      action.run();
    }
    if (over) {
      // The client itself does not close it after 101.
      context.close();
    }
  }
}
