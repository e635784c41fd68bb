/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.processors.model.ModelCall;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a call tells Bedrock about itself; it comes back in the account's invocation log, where it
 * joins the bill to the attempt. Form and limits: "Per-request metadata tagging" of the user guide
 * and the service model's {@code RequestMetadata}.
 */
final class CallMetadata {

  /** Name of the attempt's id. */
  static final String ATTEMPT = "streambed-attempt";

  /** Name of the tenant; left out where its characters are not allowed. */
  static final String TENANT = "streambed-tenant";

  // The service also allows other white space, which has no place in the header of InvokeModel.
  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9 :_@$#=/+,.-]{1,256}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private CallMetadata() {}

  /** As Converse takes it. */
  static Map<String, String> of(ModelCall call) {
    Map<String, String> entries = new TreeMap<>();
    putIfAllowed(entries, ATTEMPT, call.attemptId());
    putIfAllowed(entries, TENANT, call.tenant());
    return entries;
  }

  /** As InvokeModel's header takes it: a JSON object. */
  static String header(ModelCall call) {
    return JSON.valueToTree(of(call)).toString();
  }

  private static void putIfAllowed(Map<String, String> entries, String name, String value) {
    if (ALLOWED.matcher(value).matches()) {
      entries.put(name, value);
    }
  }
}
