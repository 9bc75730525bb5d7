import type { MessagePortMain } from 'electron';
import type { FromEngine, ToEngine } from '../contract/port-messages';

/** The engine's process as the host sees it: Electron's `UtilityProcess`. */
export interface EngineProcess {
  postMessage(message: ToEngine, transfer: MessagePortMain[]): void;
  on(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  kill(): boolean;
}

export interface EngineHostOptions {
  readonly start: () => EngineProcess;
  /** A new process took over: every port of the old one is dead. */
  readonly onRestart: () => void;
  /** There will be no engine; the message says why. */
  readonly onFailure: (message: string) => void;
  readonly now?: () => number;
}

export interface EngineHost {
  /** Hands the engine's end of a channel over. */
  connect(port: MessagePortMain): void;
  /** Why there is no engine, once that is certain. */
  readonly failure: string | null;
  stop(): void;
}

/** More ends than these within this time are no accident: the engine is given up. */
const MAX_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;

/** Keeps one engine process alive. */
export function createEngineHost({ start, onRestart, onFailure, now = Date.now }: EngineHostOptions): EngineHost {
  let current: EngineProcess | null = null;
  let failure: string | null = null;
  let stopped = false;
  let ends: readonly number[] = [];

  function fail(message: string): void {
    if (failure !== null) return;
    failure = message;
    onFailure(message);
  }

  function launch(): void {
    const child = start();
    current = child;
    child.on('message', (message) => {
      if (message.type === 'failed') fail(`The engine could not start: ${message.message}`);
    });
    child.on('exit', (code) => {
      if (current === child) current = null;
      if (!stopped && failure === null) restart(code);
    });
  }

  function restart(code: number): void {
    ends = [...ends.filter((end) => now() - end < RESTART_WINDOW_MS), now()];
    if (ends.length > MAX_RESTARTS) {
      fail(
        `The engine stopped ${ends.length} times in a minute (last exit code ${code}); restart Scaleplan, and report this if it happens again.`,
      );
      return;
    }
    launch();
    onRestart();
  }

  launch();
  return {
    connect: (port) => current?.postMessage({ type: 'connect' }, [port]),
    get failure() {
      return failure;
    },
    stop() {
      stopped = true;
      current?.kill();
    },
  };
}
