/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.admission.AdmissionConfig;
import io.streambed.processors.answers.AnswersConfig;
import io.streambed.processors.bedrock.BedrockConfig;
import io.streambed.processors.budget.BudgetConfig;
import io.streambed.processors.invocation.InvocationConfig;
import io.streambed.processors.limit.TenantConfig;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PricesConfig;
import io.streambed.processors.ops.OpsConfig;
import io.streambed.processors.redrive.RedriveConfig;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.topics.Topics;
import java.util.Map;

/**
 * All settings, checked. Secrets are in no part's {@code toString}.
 *
 * @param models by alias, in the order of the alias; at least one
 * @param tenants by name, those that the settings name
 */
public record StreambedConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    SubjectsConfig subjects,
    Topics topics,
    AdmissionConfig admission,
    AnswersConfig answers,
    InvocationConfig invocation,
    BedrockConfig bedrock,
    Map<String, ModelAlias> models,
    Map<String, TenantConfig> tenants,
    BudgetConfig budgets,
    RedriveConfig redrive,
    OpsConfig ops,
    PricesConfig prices) {}
