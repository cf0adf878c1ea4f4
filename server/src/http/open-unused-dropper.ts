import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Clients open connections ahead of need, and Node does not count those as idle: without this, closing the server
 * waits for connections on which nothing was ever asked. Gives what closes them.
 */
export function openUnusedDropper(server: Server): () => void {
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return () => {
    for (const socket of unused) socket.destroy();
  };
}
