/** A proxy that counts round trips, and can make each take longer. */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { at } from "./url.ts";

/** A proxy before a server. */
export interface Proxy {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /** How many connections were made. */
  connections(): number;
  /** How often a client spoke after the server had: each time it waits for an answer, and once to say goodbye. */
  roundTrips(): number;
  /** Forget what was counted. */
  reset(): void;
  close(): Promise<void>;
}

/** Listen on a free port for `url`. Each thing that a client says arrives `delay` milliseconds later. */
export async function startProxy(
  url: string,
  { delay = 0 }: { readonly delay?: number } = {},
): Promise<Proxy> {
  const to = new URL(url);
  const counted = { connections: 0, roundTrips: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    counted.connections++;
    const upstream = connect(Number(to.port || 5432), to.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.on("close", () => sockets.delete(socket));
    }
    relay(client, upstream, { delay, onTurn: () => counted.roundTrips++ });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: at(url, { port: portOf(server) }),
    connections: () => counted.connections,
    roundTrips: () => counted.roundTrips,
    reset: () => Object.assign(counted, { connections: 0, roundTrips: 0 }),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

interface RelayOptions {
  readonly delay: number;
  readonly onTurn: () => void;
}

function relay(client: Socket, server: Socket, { delay, onTurn }: RelayOptions): void {
  let clientSpeaks = false;
  client.on("data", (data) => {
    if (!clientSpeaks) onTurn();
    clientSpeaks = true;
    if (delay === 0) server.write(data);
    else setTimeout(() => server.write(data), delay);
  });
  server.on("data", (data) => {
    clientSpeaks = false;
    client.write(data);
  });
  client.on("end", () => setTimeout(() => server.end(), delay));
  server.on("end", () => client.end());
  client.on("error", () => server.destroy());
  server.on("error", () => client.destroy());
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return address.port;
}
