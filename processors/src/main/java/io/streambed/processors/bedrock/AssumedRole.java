/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import java.util.Optional;

/**
 * A role to take on before calling models, through AWS STS.
 *
 * @param arn the role's ARN
 * @param sessionName name of the session, seen in the account's audit log
 * @param externalId what the role's trust policy asks for, where it does
 */
public record AssumedRole(String arn, String sessionName, Optional<String> externalId) {

  /** The external id is shared between two parties only, so it is not printed. */
  @Override
  public String toString() {
    return "AssumedRole[" + arn + ", " + sessionName + "]";
  }
}
