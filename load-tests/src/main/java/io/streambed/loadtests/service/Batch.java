/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import io.streambed.schemas.Priority;

/**
 * Requests to publish, numbered one after the other: {@code r-000001} and so on.
 *
 * @param first number of the first
 * @param count how many
 * @param pace when
 * @param content what is asked
 * @param sender by whom and of whom
 */
public record Batch(int first, int count, Pace pace, Content content, Sender sender) {

  /**
   * When requests are published.
   *
   * @param perSecond so many a second; 0 for all as fast as Kafka takes them
   * @param bursts whether they come as chance has it and not evenly
   */
  public record Pace(double perSecond, boolean bursts) {}

  /**
   * What requests ask.
   *
   * @param promptBytes size of each prompt, about
   * @param answerWords words that the answer is asked to have; 65 are about 500 bytes
   * @param prompts how many different prompts there are; 0 for one each
   * @param zipf how unevenly the prompts are chosen: 0 in turn, 1 as words of a language
   */
  public record Content(int promptBytes, int answerWords, int prompts, double zipf) {}

  /**
   * By whom and of whom it is asked.
   *
   * @param model alias
   * @param key of each record: the word {@code id} for its id, otherwise its prompt's number
   * @param priority class of the requests
   * @param tenants on whose behalf they are
   */
  public record Sender(String model, String key, Priority priority, TenantMix tenants) {}

  /** As fast as Kafka takes them, 2 kB each, all different. */
  public static Batch backlog(int first, int count) {
    return new Batch(
        first,
        count,
        new Pace(0, false),
        new Content(2048, 65, 0, 0),
        new Sender("default", "id", Priority.STANDARD, TenantMix.NONE));
  }

  /** The same, so many a second. */
  public Batch perSecond(double rate) {
    return new Batch(first, count, new Pace(rate, false), content, sender);
  }

  /** The same, so many a second on average, as those of many who know nothing of each other. */
  public Batch inBursts(double rate) {
    return new Batch(first, count, new Pace(rate, true), content, sender);
  }

  private Batch with(Content other) {
    return new Batch(first, count, pace, other, sender);
  }

  private Batch with(Sender other) {
    return new Batch(first, count, pace, content, other);
  }

  /** The same with larger or smaller prompts. */
  public Batch promptBytes(int bytes) {
    return with(new Content(bytes, content.answerWords, content.prompts, content.zipf));
  }

  /** The same with longer or shorter answers. */
  public Batch answerWords(int words) {
    return with(new Content(content.promptBytes, words, content.prompts, content.zipf));
  }

  /** The same over so many prompts, chosen by Zipf's law with this exponent. */
  public Batch over(int distinct, double exponent) {
    return with(new Content(content.promptBytes, content.answerWords, distinct, exponent));
  }

  /** The same for another alias. */
  public Batch model(String alias) {
    return with(new Sender(alias, sender.key, sender.priority, sender.tenants));
  }

  /** The same of another class. */
  public Batch priority(Priority other) {
    return with(new Sender(sender.model, sender.key, other, sender.tenants));
  }

  /** The same on behalf of several tenants. */
  public Batch tenants(TenantMix mix) {
    return with(new Sender(sender.model, sender.key, sender.priority, mix));
  }

  /** The id of a request. */
  public static String id(int number) {
    return "r-%06d".formatted(number);
  }
}
