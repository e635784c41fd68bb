/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.processors.model.PricedModel.Geography;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model and the way it is called, taken from what a lane names.
 *
 * @param modelId the bare model id
 * @param geography how the profile's geography prices it
 */
record ProfiledModel(String modelId, Geography geography) {

  // Prefixes of inference profiles: "Supported Regions and models for inference profiles".
  private static final Pattern PROFILE =
      Pattern.compile("(us-gov|us|eu|apac|au|jp|ca|global)\\.(.+)");

  static ProfiledModel of(String name) {
    String id = name.substring(name.lastIndexOf('/') + 1);
    Matcher profile = PROFILE.matcher(id);
    if (!profile.matches()) {
      return new ProfiledModel(id, Geography.GLOBAL);
    }
    return new ProfiledModel(
        profile.group(2), profile.group(1).equals("global") ? Geography.GLOBAL : Geography.ONE);
  }
}
