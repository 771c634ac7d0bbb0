// What agents and visitors send each other besides plain text, and what visitors must not see.
import { deflateSync } from "node:zlib";

import { expect, test } from "../src/fixtures.ts";

test("a note stays with the team", async ({ widget, visitor, desk }) => {
  const frames: string[] = [];
  visitor.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => frames.push(payload.toString()));
  });
  await visitor.reload();
  await widget.open();
  await widget.say("My order is late");
  await desk.openConversationAbout("My order is late");
  await desk.note("Third complaint this week");
  await desk.expectMessage("Third complaint this week");
  await desk.reply("I am looking into it");
  await widget.expectMessage("I am looking into it");

  await expect(widget.log.getByText("Third complaint")).toHaveCount(0);
  expect(frames.join("\n")).toContain("I am looking into it");
  expect(frames.join("\n")).not.toContain("Third complaint");
  await visitor.reload();
  await widget.open();
  await widget.expectMessage("I am looking into it");
  await expect(widget.log.getByText("Third complaint")).toHaveCount(0);
});

test("files go both ways", async ({ widget, desk }) => {
  await widget.open();
  await widget.attach("broken-leg.png", png(), "image/png");
  await widget.composer.fill("The leg is broken");
  // It can be sent when the file is there.
  await widget.frame.getByRole("button", { name: "Send", exact: true }).click();
  await widget.expectMessage("The leg is broken");
  await desk.openConversationAbout("The leg is broken");
  await expect(desk.thread.getByRole("button", { name: "Open image broken-leg.png" })).toBeVisible();

  await desk.attach("warranty.txt", Buffer.from("Two years.\n"), "text/plain");
  await desk.reply("Here is the warranty");
  await widget.expectMessage("Here is the warranty");
  await expect(widget.log.getByRole("link", { name: /warranty\.txt/ })).toBeVisible();
});

test("both sides see the other one typing", async ({ widget, desk }) => {
  await widget.open();
  await widget.say("Hello");
  await desk.openConversationAbout("Hello");
  await widget.composer.pressSequentially("I am still wri");
  await expect(desk.page.getByText(/Visitor .* is typing/)).toBeVisible();
  await desk.composer().pressSequentially("One mom");
  await expect(widget.frame.getByText(/is typing/)).toBeVisible();
});

/** A small red picture. */
function png(): Buffer {
  const size = 8;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(size * 3, Buffer.from([200, 30, 30]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
