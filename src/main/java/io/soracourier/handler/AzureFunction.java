package io.soracourier.handler;

/**
 * Marks a CDI bean as the home of functions: its methods that carry {@link
 * com.microsoft.azure.functions.annotation.FunctionName} are served by the custom handler, bound as
 * their own annotations say. Implementations are {@code @Singleton} (no client proxy hides the
 * annotations) and registered for reflection.
 */
public interface AzureFunction {}
