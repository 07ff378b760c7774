package io.soracourier.content;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of place where content may be.
 *
 * @param name in words, for people
 * @param candidates the addresses of that kind for one generation; may ask the service
 */
record Place(String name, Function<Search, List<URI>> candidates) {}
