package io.soracourier.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.soracourier.text.ReceivedText;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;

/**
 * Makes a connection of the Vert.x client read what RFC 9110 and 9112 let a recipient read, and
 * gateways send: equal values of {@code Content-Length} as one (9110, 8.6), any number of interim
 * responses before the final one (9110, 15.2), of which Vert.x knows 100 and 103 only, and lines
 * that end without a carriage return (9112, 2.2).
 */
final class TolerantHttp {
  private static final String CODEC = "codec";
  private static final String INTERIM = "interim";

  private TolerantHttp() {}

  /**
   * Must be called before the first request is sent.
   *
   * @param options those of the connection's client
   */
  static void read(HttpConnection connection, HttpClientOptions options) {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(options.getMaxInitialLineLength())
            .setMaxHeaderSize(options.getMaxHeaderSize())
            .setMaxChunkSize(options.getMaxChunkSize())
            .setInitialBufferSize(options.getDecoderInitialBufferSize())
            .setAllowDuplicateContentLengths(true)
            .setStrictLineParsing(false);
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    pipeline.replace(CODEC, CODEC, new HttpClientCodec(config, false, false));
    pipeline.addAfter(CODEC, INTERIM, new InterimResponses());
    pipeline.addAfter(INTERIM, "use", ConnectionUse.begin(connection));
  }

  /**
   * Drops them, and puts into words what is no response; 101 is a final response, to a request that
   * no client here sends.
   */
  private static final class InterimResponses extends ChannelInboundHandlerAdapter {
    private boolean dropping;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
        Throwable malformed = object.decoderResult().cause();
        object.setDecoderResult(DecoderResult.failure(HttpFailure.ofMalformed(malformed)));
      }
      if (message instanceof HttpResponse response) {
        HttpResponseStatus status = response.status();
        dropping =
            status.codeClass() == HttpStatusClass.INFORMATIONAL
                && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                && response.decoderResult().isSuccess();
      }
      if (!dropping) {
        context.fireChannelRead(message);
        return;
      }
      if (message instanceof HttpResponse response) {
        // Its Link may have a signature in it, which the final response may repeat.
        ReceivedText.registerHeaders(
            Map.of("", response.headers().entries().stream().map(Map.Entry::getValue).toList()));
      }
      if (message instanceof LastHttpContent) {
        dropping = false;
      }
      ReferenceCountUtil.release(message);
    }
  }
}
