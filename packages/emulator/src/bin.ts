#!/usr/bin/env node
/**
 * The program `effect-bulk-emulator`. Ctrl-C stops it, with the exit code 130 of everything that SIGINT stops.
 *
 * @since 0.1.0
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as TerminalCapabilities from "effect/cli/TerminalCapabilities"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { command } from "./Cli.ts"

Command.run(command, { version: "0.1.0" }).pipe(
  Effect.provide(TerminalCapabilities.layer.pipe(Layer.provideMerge(NodeServices.layer))),
  NodeRuntime.runMain
)
