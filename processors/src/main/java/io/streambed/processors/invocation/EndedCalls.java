/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.VectorEncoding;
import io.streambed.schemas.state.EndedCall;
import io.streambed.schemas.state.EndedFault;
import io.streambed.schemas.state.EndedVector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The end of a call as one process tells it to another: without what was asked, which the other has
 * in its stores. Pure.
 */
final class EndedCalls {

  private EndedCalls() {}

  static EndedCall of(Completion end) {
    EndedCall.Builder told =
        EndedCall.newBuilder()
            .setAttemptId(end.call().attemptId())
            .setFlights(end.flights().stream().map(EndedCalls::bytes).toList())
            .setEndedAt(end.at())
            .setOpenMillis(end.openFor().toMillis())
            .setServedTier(end.result().servedTier().orElse(null));
    switch (end.result()) {
      case PromptAnswered answered ->
          told.setContent(answered.content())
              .setStopReason(answered.stopReason())
              .setAdditionalModelResponseFields(answered.additionalFields().orElse(null))
              .setUsage(answered.usage());
      case TextsEmbedded embedded ->
          told.setVectors(embedded.vectors().stream().map(EndedCalls::vector).toList())
              .setUsage(embedded.usage())
              .setUsageEstimated(embedded.estimated());
      case Failed failed ->
          told.setFault(
                  new EndedFault(
                      failed.reason().name(), failed.message(), failed.field().orElse(null)))
              .setUsage(failed.usage());
    }
    return told.build();
  }

  /** The flights that shared the call, in the order in which it asked for them. */
  static List<FlightId> flights(EndedCall told) {
    return told.getFlights().stream().map(bytes -> FlightId.read(bytes.duplicate())).toList();
  }

  /**
   * The end as the process that made the call would have it; empty where a newer version tells what
   * this one does not understand.
   *
   * @param call the same call, made again from the stores
   */
  static Optional<Completion> completion(EndedCall told, ModelCall call) {
    return result(told)
        .map(result ->
            new Completion(
                call,
                flights(told),
                result,
                told.getEndedAt(),
                Duration.ofMillis(told.getOpenMillis())));
  }

  private static Optional<ModelResult> result(EndedCall told) {
    if (told.getFault().isPresent()) {
      EndedFault fault = told.getFault().get();
      return Arrays.stream(CallFailure.values())
          .filter(reason -> reason.name().equals(fault.getReason()))
          .findFirst()
          .map(reason ->
              new Failed(
                  reason,
                  fault.getMessage(),
                  fault.getField(),
                  told.getUsage(),
                  told.getServedTier()));
    }
    if (told.getVectors().isPresent()) {
      List<EndedVector> vectors = told.getVectors().get();
      return vectors.stream().anyMatch(one -> one.getEncoding() == VectorEncoding.UNKNOWN)
          ? Optional.empty()
          : Optional.of(
              new TextsEmbedded(
                  vectors.stream().map(EndedCalls::vector).toList(),
                  told.getUsage(),
                  told.getUsageEstimated()));
    }
    return told.getContent()
        .map(content ->
            new PromptAnswered(
                content,
                told.getStopReason().orElse(""),
                told.getAdditionalModelResponseFields(),
                told.getUsage(),
                told.getServedTier()));
  }

  private static ByteBuffer bytes(FlightId id) {
    return id.write(ByteBuffer.allocate(FlightId.LENGTH)).flip();
  }

  private static EndedVector vector(Vector vector) {
    return switch (vector) {
      case Vector.Floats floats ->
          new EndedVector(floats.values(), null, VectorEncoding.FLOAT, floats.dimensions());
      case Vector.Packed packed ->
          new EndedVector(
              null, ByteBuffer.wrap(packed.bytes()), packed.encoding(), packed.dimensions());
    };
  }

  private static Vector vector(EndedVector told) {
    if (told.getNumbers().isPresent()) {
      return new Vector.Floats(told.getNumbers().get());
    }
    ByteBuffer packed = told.getPacked().orElseThrow().duplicate();
    byte[] bytes = new byte[packed.remaining()];
    packed.get(bytes);
    return new Vector.Packed(told.getEncoding(), bytes, told.getDimensions());
  }
}
