/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.S3Location;
import java.nio.ByteBuffer;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;

/** Images and documents, both ways. */
final class MediaBlocks {

  private MediaBlocks() {}

  static software.amazon.awssdk.services.bedrockruntime.model.ImageBlock toBedrock(
      ImageBlock image) {
    ImageSource source =
        image
            .getBytes()
            .map(bytes -> ImageSource.fromBytes(copyOf(bytes)))
            .or(() -> image.getS3().map(s3 -> ImageSource.fromS3Location(toBedrock(s3))))
            .orElseThrow(() -> new IllegalArgumentException("an image without bytes and S3 place"));
    return software.amazon.awssdk.services.bedrockruntime.model.ImageBlock.builder()
        .format(image.getFormat())
        .source(source)
        .build();
  }

  static software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock toBedrock(
      DocumentBlock document) {
    DocumentSource source =
        document
            .getBytes()
            .map(bytes -> DocumentSource.fromBytes(copyOf(bytes)))
            .or(() -> document.getS3().map(s3 -> DocumentSource.fromS3Location(toBedrock(s3))))
            .orElseThrow(
                () -> new IllegalArgumentException("a document without bytes and S3 place"));
    return software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock.builder()
        .format(document.getFormat())
        .name(document.getName())
        .source(source)
        .build();
  }

  /** Empty where the source is of a kind that our records cannot hold. */
  static Optional<ImageBlock> fromBedrock(
      software.amazon.awssdk.services.bedrockruntime.model.ImageBlock image) {
    if (image.source() == null || image.formatAsString() == null) {
      return Optional.empty();
    }
    ImageBlock.Builder block = ImageBlock.newBuilder().setFormat(image.formatAsString());
    return switch (image.source().type()) {
      case BYTES -> Optional.of(block.setBytes(image.source().bytes().asByteBuffer()).build());
      case S3_LOCATION ->
          Optional.of(block.setS3(fromBedrock(image.source().s3Location())).build());
      case UNKNOWN_TO_SDK_VERSION -> Optional.empty();
    };
  }

  /** Empty where the source is of a kind that our records cannot hold. */
  static Optional<DocumentBlock> fromBedrock(
      software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock document) {
    if (document.source() == null || document.formatAsString() == null || document.name() == null) {
      return Optional.empty();
    }
    DocumentBlock.Builder block =
        DocumentBlock.newBuilder().setFormat(document.formatAsString()).setName(document.name());
    return switch (document.source().type()) {
      case BYTES -> Optional.of(block.setBytes(document.source().bytes().asByteBuffer()).build());
      case S3_LOCATION ->
          Optional.of(block.setS3(fromBedrock(document.source().s3Location())).build());
      case TEXT, CONTENT, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
    };
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.S3Location toBedrock(
      S3Location place) {
    return software.amazon.awssdk.services.bedrockruntime.model.S3Location.builder()
        .uri(place.getUri())
        .bucketOwner(place.getBucketOwner().orElse(null))
        .build();
  }

  private static S3Location fromBedrock(
      software.amazon.awssdk.services.bedrockruntime.model.S3Location place) {
    return S3Location.newBuilder().setUri(place.uri()).setBucketOwner(place.bucketOwner()).build();
  }

  /** The record's buffer is shared between readers: its position must stay. */
  private static SdkBytes copyOf(ByteBuffer bytes) {
    return SdkBytes.fromByteBuffer(bytes.duplicate());
  }
}
