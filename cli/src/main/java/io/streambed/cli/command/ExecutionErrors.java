/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.MissingTopicException;
import io.streambed.cli.cluster.OpenTransactionException;
import io.streambed.cli.cluster.UnreachableException;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.BadLinesException;
import io.streambed.cli.rerun.TakenOverException;
import io.streambed.local.port.PortTakenException;
import io.streambed.processors.StartupException;
import io.streambed.processors.config.InvalidConfigException;
import io.streambed.processors.model.PriceTableException;
import io.streambed.processors.ops.OpsServerException;
import io.streambed.schemas.registry.RegistryException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure in a sentence. The message of an exception that we do not know is left out: it
 * may quote a prompt.
 */
final class ExecutionErrors implements IExecutionExceptionHandler {
  private final BooleanSupplier verbose;

  ExecutionErrors(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    int code = tell(failure, command, err);
    if (verbose.getAsBoolean()) {
      trace(failure, err);
    }
    err.flush();
    return code;
  }

  private static int tell(Exception failure, CommandLine command, PrintWriter err) {
    return switch (failure) {
      case CommandFailedException known -> say(known, command, err, known.exitCode());
      case UnreachableException known -> say(known, command, err, ExitCode.UNREACHABLE);
      case MissingTopicException known -> say(known, command, err, ExitCode.FAILED);
      case OpenTransactionException known -> say(known, command, err, ExitCode.FAILED);
      case PortTakenException known -> say(known, command, err, ExitCode.FAILED);
      case RegistryException known -> say(known, command, err, ExitCode.FAILED);
      case BadFieldException known -> say(known, command, err, ExitCode.USAGE);
      case BadLinesException known -> {
        int code = say(known, command, err, ExitCode.USAGE);
        known.problems().forEach(problem -> err.println("  " + problem));
        yield code;
      }
      case TakenOverException known -> say(known, command, err, ExitCode.FAILED);
      case PriceTableException known -> say(known, command, err, ExitCode.USAGE);
      case StartupException known -> say(known, command, err, ExitCode.FAILED);
      case OpsServerException known -> say(known, command, err, ExitCode.FAILED);
      case InvalidConfigException known -> say(known, command, err, ExitCode.USAGE);
      case NoSuchFileException known -> {
        say("there is no file '" + known.getFile() + "'", command, err);
        yield ExitCode.USAGE;
      }
      case InterruptException known -> ExitCode.INTERRUPTED;
      case ApiException known -> {
        // Kafka's own messages name topics, rights and sizes, and no content.
        say("Kafka refused: " + known.getMessage(), command, err);
        yield ExitCode.FAILED;
      }
      default -> {
        say(
            "unexpected "
                + failure.getClass().getSimpleName()
                + "; --verbose shows where it happened",
            command,
            err);
        yield ExitCode.FAILED;
      }
    };
  }

  private static int say(Exception failure, CommandLine command, PrintWriter err, int code) {
    say(String.valueOf(failure.getMessage()), command, err);
    return code;
  }

  private static void say(String message, CommandLine command, PrintWriter err) {
    err.println(command.getColorScheme().errorText("streambed: " + message));
  }

  private static void trace(Throwable failure, PrintWriter err) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      err.println(at.getClass().getName());
      for (StackTraceElement frame : at.getStackTrace()) {
        err.println("    at " + frame);
      }
    }
  }
}
