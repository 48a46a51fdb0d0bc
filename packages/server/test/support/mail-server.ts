import { SMTPServer } from 'smtp-server';

/** A mail that arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** A real little mail server of a test. */
export interface MailServer {
  readonly port: number;
  /** For `outbound`: `127.0.0.1:PORT`. */
  readonly target: string;
  readonly received: ReceivedMail[];
  /** What `RCPT TO` is answered: undefined takes it. */
  refuse: { readonly code: number; readonly text: string } | undefined;
  close(): Promise<void>;
}

/** Starts one; `starttls`: it offers TLS, with a certificate that nobody trusts. */
export async function mailServer({
  starttls = false,
}: { readonly starttls?: boolean } = {}): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: starttls ? [] : ['STARTTLS'],
    onAuth: ({ username = '' }, _session, done) => done(null, { user: username }),
    onRcptTo(_address, _session, done) {
      if (box.refuse === undefined) done();
      else done(Object.assign(new Error(box.refuse.text), { responseCode: box.refuse.code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        box.received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
          user: session.user === undefined ? undefined : String(session.user),
        });
        done();
      });
    },
  });
  // A client that does not trust the certificate goes away in the middle.
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const box: MailServer = {
    port,
    target: `127.0.0.1:${port}`,
    received: [],
    refuse: undefined,
    close: () => new Promise((done) => server.close(done)),
  };
  return box;
}
