import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepWindowState, readWindowState } from '../../src/main/window-state';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { bounds: { x: 100, y: 50, width: 1440, height: 900 }, maximized: false };
const fresh = () => join(mkdtempSync(join(tmpdir(), 'scaleplan-window-')), 'window.json');

describe('the place of the window', () => {
  it('is kept between starts', () => {
    const path = fresh();
    expect(readWindowState(path, [display])).toBeNull();
    keepWindowState(path, state);
    expect(readWindowState(path, [display])).toEqual(state);
  });

  it('is forgotten where no display shows it any more', () => {
    const path = fresh();
    keepWindowState(path, { ...state, bounds: { ...state.bounds, x: 2000 } });
    expect(readWindowState(path, [display])).toBeNull();
    expect(readWindowState(path, [display, { ...display, x: 1920 }])).not.toBeNull();
  });

  it('is forgotten where the title lies above or below the display', () => {
    const path = fresh();
    for (const y of [-40, 1060]) {
      keepWindowState(path, { ...state, bounds: { ...state.bounds, y } });
      expect(readWindowState(path, [display])).toBeNull();
    }
  });

  it('is passed over when the file is damaged', () => {
    const path = fresh();
    for (const text of ['{', 'null', '{"bounds":{"x":1},"maximized":true}', '[]']) {
      writeFileSync(path, text);
      expect(readWindowState(path, [display])).toBeNull();
    }
  });
});
