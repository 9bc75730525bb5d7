import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';

/** Where the window stood when it was last closed. */
export interface WindowState {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

/** At least this much of the window's top must be on a display, so that it can be taken hold of. */
const GRIP_PX = 80;

/** The state kept in the file, if it is whole and the window would be seen; else null, and the window opens where the system puts it. */
export function readWindowState(path: string, displays: readonly Rectangle[]): WindowState | null {
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The first start has no file; a damaged one is written anew when the window closes.
    return null;
  }
  return isWindowState(state) && displays.some((display) => isSeenOn(display, state.bounds)) ? state : null;
}

/** Best effort: a window that opens elsewhere next time is no reason to stop this one from closing. */
export function keepWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch (error) {
    process.stderr.write(`The place of the window was not kept: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false;
  const { bounds, maximized } = value as Partial<Record<keyof WindowState, unknown>>;
  if (typeof maximized !== 'boolean' || typeof bounds !== 'object' || bounds === null) return false;
  const numbers = bounds as Partial<Record<keyof Rectangle, unknown>>;
  return (['x', 'y', 'width', 'height'] as const).every((key) => Number.isInteger(numbers[key]));
}

function isSeenOn(display: Rectangle, { x, y, width }: Rectangle): boolean {
  const across = Math.min(x + width, display.x + display.width) - Math.max(x, display.x);
  return across >= GRIP_PX && y >= display.y && y <= display.y + display.height - GRIP_PX;
}
