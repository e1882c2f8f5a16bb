// A real mail server for the tests: node letter-box.mjs [number of letters to refuse first]; says its port, then each letter as a line of JSON.
import { createRequire } from 'node:module';
const { SMTPServer } = createRequire(new URL('../../Portal/package.json', import.meta.url))('smtp-server');

let refuse = Number(process.argv[2] ?? 0);
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      if (refuse-- > 0) return done(Object.assign(new Error('Busy, come again'), { responseCode: 451 }));
      console.log(JSON.stringify({ to: session.envelope.rcptTo.map(to => to.address).join(), text: Buffer.concat(parts).toString() }));
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
