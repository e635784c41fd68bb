/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Is private; or static and final; or final and seen by its package only. */
final class BePrivateOrConstant extends ArchCondition<JavaField> {
  BePrivateOrConstant() {
    super("be private, or a constant, or final and seen by its package only");
  }

  @Override
  public void check(JavaField field, ConditionEvents events) {
    Set<JavaModifier> modifiers = field.getModifiers();
    boolean unchanging = modifiers.contains(JavaModifier.FINAL);
    boolean shared =
        modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    boolean allowed =
        modifiers.contains(JavaModifier.PRIVATE)
            || modifiers.contains(JavaModifier.SYNTHETIC)
            || (unchanging && (!shared || modifiers.contains(JavaModifier.STATIC)));
    events.add(
        new SimpleConditionEvent(
            field, allowed, field.getFullName() + " can be reached by others"));
  }
}
