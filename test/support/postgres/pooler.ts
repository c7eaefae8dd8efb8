/**
 * A pooler as mig sees one: it greets its clients itself, and lends them sessions of the server, the one that was used last
 * first. In transaction mode a client has one until its transaction is over.
 */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import pg from "pg";
import { at } from "./url.ts";

export interface Pooler {
  /** The server's URL, through the pooler. */
  readonly url: string;
  close(): Promise<void>;
}

/** A session of the server, and who has it. */
interface Lent {
  readonly socket: Socket;
  answer: (data: Buffer, isIdle: boolean) => void;
}

export async function startPooler(url: string, mode: "transaction" | "session"): Promise<Pooler> {
  const free: Lent[] = [];
  const all: Socket[] = [];
  const borrow = async () => {
    const lent = free.pop() ?? (await sessionOf(url));
    all.push(lent.socket);
    return lent;
  };
  const server = createServer((client) => {
    all.push(client);
    serve(client, { borrow, giveBack: (lent) => free.push(lent), lends: mode === "transaction" });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: at(url, { port: portOf(server) }),
    async close() {
      for (const socket of all) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** The socket of a client that is logged in. */
async function sessionOf(url: string): Promise<Lent> {
  const client = new pg.Client({ connectionString: url, application_name: "mig" });
  await client.connect();
  const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream;
  const lent: Lent = { socket, answer: () => {} };
  for (const event of ["data", "end", "close", "error"]) socket.removeAllListeners(event);
  socket.on("error", () => {});
  let rest = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    let isIdle = false;
    while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
      const end = rest.readUInt32BE(1) + 1;
      isIdle = rest[0] === 0x5a && rest[5] === 0x49;
      rest = rest.subarray(end);
    }
    lent.answer(data, isIdle);
  });
  return lent;
}

interface Service {
  borrow(): Promise<Lent>;
  giveBack(lent: Lent): void;
  readonly lends: boolean;
}

function serve(client: Socket, { borrow, giveBack, lends }: Service): void {
  let greeted = false;
  let has: Promise<Lent> | null = null;
  client.on("error", () => {});
  client.on("data", async (data: Buffer) => {
    if (!greeted) {
      greeted = true;
      client.write(greeting);
      return;
    }
    // Terminate: the end of the client is the end of what it has.
    if (data[0] === 0x58) return void client.end();
    has ??= borrow();
    const lent = await has;
    lent.answer = (answer, isIdle) => {
      if (isIdle && lends) {
        has = null;
        giveBack(lent);
      }
      client.write(answer);
    };
    lent.socket.write(data);
  });
  client.on("close", async () => (await has)?.socket.destroy());
}

/** As PgBouncer does, with a process that there is not. */
const greeting = Buffer.concat([
  message("R", Buffer.from([0, 0, 0, 0])),
  message("S", Buffer.from("client_encoding\0UTF8\0")),
  message("K", Buffer.from([0x7a, 0, 0, 1, 1, 2, 3, 4])),
  message("Z", Buffer.from("I")),
]);

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the pooler has no port");
  return address.port;
}
