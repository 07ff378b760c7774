/**
 * What the services of a storage account have in common: settings, credentials, signatures,
 * responses, errors. It may use storage, http, identity, setting and text. Begin with {@link
 * StorageClients}.
 */
@NullMarked
package io.soracourier.azure;

import org.jspecify.annotations.NullMarked;
