/** What `pg` takes for a socket: the messages that it writes go to a database in this process, and the answers come back. */
import { Duplex } from "node:stream";

/** What of PGlite is used. */
export interface Engine {
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A socket to `database`, which is closed with it. */
export function wire(database: Engine): Duplex {
  const messages = collector();
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      answer(database, messages.take(chunk)).then((answers) => {
        for (const it of answers) socket.push(it);
        done();
      }, done);
    },
    final(done) {
      socket.push(null);
      database.close().then(() => done(), done);
    },
  });
  const nothing = () => socket;
  return Object.assign(socket, {
    connect() {
      queueMicrotask(() => socket.emit("connect"));
      return socket;
    },
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  });
}

async function answer(database: Engine, given: readonly Message[]): Promise<readonly Buffer[]> {
  const answers: Buffer[] = [];
  for (const { type, bytes } of given) {
    // PGlite has no processes and no logins: what greets a client is said here.
    if (type === null) answers.push(greeting);
    else if (type !== "X") answers.push(Buffer.from(await database.execProtocolRaw(bytes)));
  }
  return answers;
}

/** What a client sent, up to something that is to be answered. `type` is null for the message that opens a session. */
interface Message {
  readonly type: string | null;
  readonly bytes: Buffer;
}

/** Messages that need no answer of their own: they go with the one that does (Sync, or Flush). */
const silent = new Set(["P", "B", "D", "E", "C"]);

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
function collector() {
  let rest: Buffer = Buffer.alloc(0);
  let held: Buffer[] = [];
  let greeted = false;
  const next = (): Message | null => {
    const start = greeted ? 1 : 0;
    if (rest.length < start + 4) return null;
    const end = start + rest.readUInt32BE(start);
    if (rest.length < end) return null;
    const type = greeted ? String.fromCharCode(rest[0] ?? 0) : null;
    const bytes = rest.subarray(0, end);
    rest = rest.subarray(end);
    greeted = true;
    return { type, bytes };
  };
  return {
    take(chunk: Buffer): readonly Message[] {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole: Message[] = [];
      for (let message = next(); message !== null; message = next()) {
        held.push(message.bytes);
        if (message.type !== null && silent.has(message.type)) continue;
        whole.push({ type: message.type, bytes: Buffer.concat(held) });
        held = [];
      }
      return whole;
    },
  };
}

/** The login is taken (AuthenticationOk), and the session waits outside of a transaction (ReadyForQuery). */
const greeting = Buffer.concat([
  message("R", Buffer.from([0, 0, 0, 0])),
  message("S", Buffer.from("client_encoding\0UTF8\0")),
  message("K", Buffer.alloc(8)),
  message("Z", Buffer.from("I")),
]);

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}
