/** What console and widget share: protocol types, event reduction, the outbox, the stream and formatting. */

export * from "./backoff.ts";
export * from "./bubbles.ts";
export * from "./emoji.ts";
export * from "./events.ts";
export * from "./format.ts";
export * from "./instant.ts";
export * from "./links.ts";
export * from "./outbox.ts";
export * from "./platform.ts";
export * from "./protocol.ts";
export * from "./reduce.ts";
export * from "./stream.ts";
export * from "./timeline.ts";
export * from "./unread.ts";
