import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Relay = {
  readonly port: number;
  /** Connections that were dropped because nothing went over them. */
  readonly idleCuts: () => number;
  /** From now on bytes are taken and not handed on, as when a network loses them. */
  readonly hold: () => void;
  readonly release: () => void;
  /** Drops every connection. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

export type RelayOptions = {
  readonly targetPort: number;
  /** Drops connections on which nothing went either way for so long; absent: never. */
  readonly idleMs?: number;
};

/** A TCP proxy of 127.0.0.1 that can fail in the ways that networks do. */
export async function openRelay({ targetPort, idleMs }: RelayOptions): Promise<Relay> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let held = false;
  let idleCuts = 0;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const drop = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    const timer =
      idleMs === undefined
        ? undefined
        : setTimeout(() => {
            idleCuts += 1;
            drop();
          }, idleMs);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (chunk: Buffer) => {
        timer?.refresh();
        if (!to.write(chunk)) from.pause();
      });
      to.on('drain', () => {
        if (!held) from.resume();
      });
      from.on('end', () => to.end());
      from.on('error', drop);
      from.on('close', () => {
        clearTimeout(timer);
        drop();
      });
      if (held) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    idleCuts: () => idleCuts,
    hold: () => {
      held = true;
      for (const socket of [...pairs].flat()) socket.pause();
    },
    release: () => {
      held = false;
      for (const socket of [...pairs].flat()) socket.resume();
    },
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
