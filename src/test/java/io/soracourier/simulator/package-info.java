/** The Sora simulator. */
package io.soracourier.simulator;
