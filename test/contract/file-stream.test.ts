import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInJson, type FileEvent } from '../../src/contract/file-stream';
import { createPortServer } from '../../src/main/serve-over-port';
import { collectFile } from '../../src/renderer/components/files';

describe('a file in pieces', () => {
  it('keeps every byte inside JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(bytesInJson.deserialize(bytesInJson.serialize(bytes))).toEqual(bytes);
      }),
    );
    const long = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    expect(bytesInJson.deserialize(bytesInJson.serialize(long))).toEqual(long);
  });

  it('comes over a port with its name, and the maker stops when nobody reads on', async () => {
    let made = 0;
    let released = 0;
    async function* make(): AsyncGenerator<FileEvent, void> {
      try {
        yield { kind: 'file', name: 'a.csv', type: 'text/csv', rows: 3 };
        while (made < 3) {
          made += 1;
          yield { kind: 'bytes', bytes: Uint8Array.of(0, 255, made), rowsDone: made };
          // As the service does: a message that ends the call can come in between.
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      } finally {
        released += 1;
      }
    }
    const router = { file: os.handler(() => make()) };
    const { port1, port2 } = new MessageChannel();
    createPortServer(router)(port2);
    port1.start();
    const client = createORPCClient<RouterClient<typeof router>>(new RPCLink({ port: port1, customJsonSerializers: [bytesInJson] }));
    const seen: number[] = [];
    const file = await collectFile(await client.file(), ({ done, rows }) => seen.push(done / rows));
    expect([file.name, file.type]).toEqual(['a.csv', 'text/csv']);
    expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([0, 255, 1, 0, 255, 2, 0, 255, 3]);
    expect(seen).toEqual([1 / 3, 2 / 3, 1]);
    made = -1_000_000;
    for await (const event of await client.file()) if (event.kind === 'bytes') break;
    await expect.poll(() => released).toBe(2);
    expect(made).toBeLessThan(-900_000);
    port1.close();
  });
});
