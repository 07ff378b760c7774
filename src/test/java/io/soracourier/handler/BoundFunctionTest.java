package io.soracourier.handler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundFunctionTest {
  @Test
  void parameterThatCannotBeBound_isRefusedBeforeTheFirstInvocation() throws Exception {
    SampleFunctions bean = new SampleFunctions();
    var method = SampleFunctions.class.getMethod("unbindable", int.class);

    assertThatThrownBy(() -> new BoundFunction(bean, method))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot bind parameter int");
  }
}
