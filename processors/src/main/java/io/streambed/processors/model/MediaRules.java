/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.S3Location;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for images and documents: {@code ImageBlock}, {@code DocumentBlock} of Converse. */
final class MediaRules {

  static final int MOST_IMAGES = 20;
  static final int MOST_DOCUMENTS = 5;

  private static final int MEBIBYTE = 1 << 20;
  private static final int LARGEST_IMAGE = 15 * MEBIBYTE / 4;
  private static final int LARGEST_DOCUMENT = 9 * MEBIBYTE / 2;

  private static final Set<String> IMAGES = Set.of("png", "jpeg", "gif", "webp");
  private static final Set<String> DOCUMENTS =
      Set.of("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md");

  // Single spaces only.
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,200}$)[a-zA-Z0-9()\\[\\]-]+( [a-zA-Z0-9()\\[\\]-]+)*");

  private static final Pattern S3_URI = Pattern.compile("s3://[a-z0-9][.a-z0-9-]{1,61}[a-z0-9]/.+");

  private MediaRules() {}

  static void image(ImageBlock image, String path, Findings findings) {
    findings.require(
        IMAGES.contains(image.getFormat()),
        path + ".format",
        "is no format that models read; use png, jpeg, gif or webp");
    source(image.getBytes(), image.getS3(), path, findings);
    size(image.getBytes(), LARGEST_IMAGE, path, "3.75 MB", findings);
  }

  static void document(DocumentBlock document, String path, Findings findings) {
    findings.require(
        DOCUMENTS.contains(document.getFormat()),
        path + ".format",
        "is no format that models read; use pdf, csv, doc, docx, xls, xlsx, html, txt or md");
    findings.require(
        NAME.matcher(document.getName()).matches(),
        path + ".name",
        "may hold letters, digits, single spaces, hyphens and brackets, 200 characters at most");
    source(document.getBytes(), document.getS3(), path, findings);
    size(document.getBytes(), LARGEST_DOCUMENT, path, "4.5 MB", findings);
  }

  private static void source(
      Optional<ByteBuffer> bytes, Optional<S3Location> s3, String path, Findings findings) {
    findings.require(bytes.isPresent() != s3.isPresent(), path, "needs bytes or s3, and not both");
    s3.ifPresent(place ->
        findings.require(
            S3_URI.matcher(place.getUri()).matches(),
            path + ".s3.uri",
            "must have the form s3://bucket/key"));
  }

  private static void size(
      Optional<ByteBuffer> bytes, int most, String path, String name, Findings findings) {
    bytes.ifPresent(it -> {
      findings.require(it.hasRemaining(), path + ".bytes", "is empty; give the whole file");
      findings.require(
          it.remaining() <= most, path + ".bytes", "is larger than " + name + "; make it smaller");
    });
  }
}
