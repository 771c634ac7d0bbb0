// Somebody else's website: a plain page on another origin that has the snippet in it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class HostPage {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** `snippet` is looked up per request, so that a test can change it and reload. */
  static async start(snippet: (path: string) => string): Promise<HostPage> {
    const server = createServer((request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(page(snippet(request.url ?? "/")));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return new HostPage(server, `http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function page(snippet: string): string {
  return `<!doctype html>
<html lang="en">
<head><title>Garden furniture</title><meta name="viewport" content="width=device-width"></head>
<body><h1>Garden furniture</h1><p>Chairs, tables, shade.</p>
${snippet}
</body>
</html>`;
}
