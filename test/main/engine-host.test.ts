import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngineHost, type EngineProcess } from '../../src/main/engine-host';
import { FakeEngineProcess, resetFakeElectron } from '../support/fake-electron';

beforeEach(resetFakeElectron);

function startHost() {
  let time = 0;
  const onRestart = vi.fn();
  const onFailure = vi.fn();
  const host = createEngineHost({
    start: () => new FakeEngineProcess('engine.js') as unknown as EngineProcess,
    onRestart,
    onFailure,
    now: () => time,
  });
  return {
    host,
    onRestart,
    onFailure,
    end: (code: number, after = 0) => {
      time += after;
      FakeEngineProcess.started.at(-1)!.emit('exit', code);
    },
  };
}

describe('the engine host', () => {
  it('restarts an engine that ends now and then, for ever', () => {
    const { end, onRestart, onFailure } = startHost();
    for (let i = 0; i < 10; i++) end(1, 61_000);
    expect(onRestart).toHaveBeenCalledTimes(10);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('gives up an engine that keeps ending, once, with the exit code', () => {
    const { host, end, onRestart, onFailure } = startHost();
    for (let i = 0; i < 4; i++) end(137, 1000);
    end(137, 1000);
    expect(onRestart).toHaveBeenCalledTimes(3);
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(host.failure).toContain('137');
    expect(FakeEngineProcess.started).toHaveLength(4);
  });
});
