import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type DeliveryWatch = {
  /** The whole answer was handed to the connection. */
  readonly delivered: () => void;
  /** The caller went away before it had the whole answer; may come after `delivered`. */
  readonly left: () => void;
};

type Handed = { readonly bytesRead: number; readonly left: () => void };

/** The last answer that was handed to each connection. */
const lastHanded = new WeakMap<Socket, Handed>();

/**
 * Finds out whether an answer reached its caller. The system takes megabytes for a caller that reads no more, so an
 * answer that was handed over whole has still not arrived when the connection is then reset: an end that has read
 * everything closes without a reset.
 */
export function watchDelivery(response: ServerResponse, watch: DeliveryWatch): void {
  const { socket } = response;
  const settle = (): void => {
    if (!response.writableFinished) {
      watch.left();
      return;
    }
    watch.delivered();
    if (socket !== null) watchReset(socket, watch.left);
  };
  if (response.destroyed) settle();
  else response.once('close', settle);
}

function watchReset(socket: Socket, left: () => void): void {
  const known = lastHanded.has(socket);
  lastHanded.set(socket, { bytesRead: socket.bytesRead, left });
  // One listener for as many answers as the connection carries.
  if (known) return;
  socket.once('close', (hadError: boolean) => {
    const last = lastHanded.get(socket);
    // Who sent the next request had read the answer to the one before.
    if (hadError && last !== undefined && socket.bytesRead === last.bytesRead) last.left();
  });
}
