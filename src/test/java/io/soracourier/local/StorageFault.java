package io.soracourier.local;

import java.io.IOException;
import java.util.Map;

/** What befalls a request to the storage, in place of being passed on and answered. */
public interface StorageFault {
  void strike(StoragePassage passage) throws IOException;

  /** It has no effect and is answered like this. */
  static StorageFault answer(int status, String errorCode) {
    return passage -> passage.answer(status, errorCode);
  }

  /**
   * It has no effect, and Table storage refuses it: with the code in the body and not in a header.
   */
  static StorageFault tableError(int status, String errorCode) {
    return foreign(
        status,
        Map.of(
            "Content-Type",
            "application/json;odata=minimalmetadata;streaming=true;charset=utf-8",
            "x-ms-request-id",
            "request-1"),
        """
        {"odata.error":{"code":"%s","message":{"lang":"en-US","value":"No.\\nRequestId:request-1"}}}"""
            .formatted(errorCode));
  }

  /** It has no effect, and the answer repeats the request, after some words. */
  static StorageFault echo(int status, String before) {
    return passage -> passage.answerWithEcho(status, before);
  }

  /** The connection breaks while the request is still being sent. */
  static StorageFault breakMidBody() {
    return passage -> passage.readBeginning(1000);
  }

  /** The request takes effect, and the connection breaks before the answer. */
  static StorageFault loseAnswer() {
    return StoragePassage::forward;
  }

  /** The request takes effect, and the answer never comes. */
  static StorageFault holdAnswer() {
    return passage -> {
      passage.forward();
      passage.awaitProxyClosed();
    };
  }

  /**
   * One bit of the body is another when it arrives, and the storage refuses it. Azurite calls that
   * {@code InvalidOperation}; the answer is given the code of the real service.
   */
  static StorageFault damage() {
    return passage -> {
      byte[] damaged = passage.body().clone();
      damaged[damaged.length / 2] ^= 1;
      passage.answer(passage.forward(damaged).statusCode(), "Md5Mismatch");
    };
  }

  /** Something happens first, and then the request takes its way. */
  static StorageFault after(Runnable event) {
    return passage -> {
      event.run();
      passage.answer(passage.forward());
    };
  }

  /** The request takes effect, and something happens before it is answered. */
  static StorageFault beforeAnswer(Runnable event) {
    return passage -> {
      var answer = passage.forward();
      event.run();
      passage.answer(answer);
    };
  }

  /** Something else answers in place of the storage, which never sees the request. */
  static StorageFault foreign(int status, Map<String, String> headers, String body) {
    return passage -> passage.answer(status, headers, body);
  }

  /** The web page of a captive portal, with any status. */
  static StorageFault portal(int status) {
    return foreign(
        status,
        status / 100 == 3
            ? Map.of("Content-Type", "text/html", "Location", "https://portal.example.net/")
            : Map.of("Content-Type", "text/html"),
        status == 204 || status == 304 ? "" : "<html><body>Sign in</body></html>");
  }

  /** The request takes effect, and something else answers. */
  static StorageFault replaceAnswer(StorageFault answer) {
    return passage -> {
      passage.forward();
      answer.strike(passage);
    };
  }

  /** The request takes effect, and headers of its response are changed; an empty one is dropped. */
  static StorageFault changeHeaders(Map<String, String> changed) {
    return passage -> passage.answer(passage.forward(), changed);
  }

  /** Half of the response's body comes, and then the connection breaks. */
  static StorageFault cutAnswer() {
    return passage -> passage.answerHalf(passage.forward());
  }

  /** Half of the response's body comes, and the rest never does. */
  static StorageFault stallAnswer() {
    return passage -> {
      passage.answerHalf(passage.forward());
      passage.awaitProxyClosed();
    };
  }
}
