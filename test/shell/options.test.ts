import { describe, expect, it } from 'vitest';
import { parseShellArguments } from '../../src/shell/options';
import { InputFault } from '../../src/units/fault';

describe('the options of the browser shell', () => {
  it('open the browser on the usual port unless told otherwise', () => {
    expect(parseShellArguments([])).toEqual({ port: null, open: true, help: false });
    expect(parseShellArguments(['--port', '8123', '--no-open'])).toEqual({ port: 8123, open: false, help: false });
    expect(parseShellArguments(['--port=0', '-h'])).toEqual({ port: 0, open: true, help: true });
  });

  it.each([
    ['--port', 'http'],
    ['--port', '65536'],
    ['--port=-1'],
    ['--port', '80.5'],
    ['--port=1e3'],
    ['--port'],
    ['--host', '0.0.0.0'],
    ['extra'],
  ])('refuse %s %s', (...args) => {
    expect(() => parseShellArguments(args.filter((arg) => typeof arg === 'string'))).toThrow(InputFault);
  });
});
