// One origin for all that a page of the bench talks to: the signaling server with the page, and the true clock of the
// evening's host. The page's own policy lets it talk to no other, and not every browser can be told to leave that aside.
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';

export class Front {
  /** server: the port of the signaling server, which is on this machine. */
  static async start(server) {
    const f = new Front();
    f.truth = null; // host:port of whoever knows the true time
    f.http = http.createServer((q, r) => {
      const on = http.request({ port: server, host: '127.0.0.1', path: q.url, method: q.method, headers: q.headers }, (a) => {
        r.writeHead(a.statusCode, a.headers);
        a.pipe(r);
      });
      r.on('close', () => on.destroy()); // a player that has enough hangs up
      on.on('error', () => r.destroy());
      q.pipe(on);
    });
    f.http.on('upgrade', (q, socket, head) => {
      const [host, port] = q.url === '/truth' ? f.truth.split(':') : ['127.0.0.1', server];
      const on = net.connect({ host, port, noDelay: true }, () => {
        const fields = [];
        for (let i = 0; i < q.rawHeaders.length; i += 2) fields.push(`${q.rawHeaders[i]}: ${q.rawHeaders[i + 1]}\r\n`);
        on.write(`${q.method} ${q.url} HTTP/1.1\r\n${fields.join('')}\r\n`);
        on.write(head);
        on.pipe(socket).pipe(on);
      });
      socket.setNoDelay(true);
      for (const [one, other] of [[on, socket], [socket, on]]) one.on('error', () => other.destroy());
    });
    f.http.listen(0, '127.0.0.1');
    await once(f.http, 'listening');
    f.url = `http://127.0.0.1:${f.http.address().port}`;
    return f;
  }
  end() {
    this.http.closeAllConnections();
    this.http.close();
  }
}
