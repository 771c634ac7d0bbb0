/** Serves the mock and a website around the widget under `npm run dev`. */

import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { Plugin } from "vite";
import { Mock } from "./mock.ts";
import { HOST_PAGE } from "./host-page.ts";

export function mockPlugin(): Plugin {
  return {
    name: "tertulia-widget-mock",
    apply: "serve",
    configureServer(server) {
      const mock = new Mock({ repliesByItself: true });
      server.middlewares.use((request, response, next) => {
        if (request.url === "/") response.setHeader("Content-Type", "text/html").end(HOST_PAGE);
        else if (request.url === "/widget/loader.js") {
          void readFile("dist/loader.js").then((script) => response.setHeader("Content-Type", "text/javascript").end(script));
        } else if (!mock.handle(request, response)) {
          if (request.url?.startsWith("/widget/frame?")) request.url = request.url.replace("/widget/frame", "/widget/frame/");
          next();
        }
      });
      mock.acceptSockets(server.httpServer as Server);
    },
  };
}
