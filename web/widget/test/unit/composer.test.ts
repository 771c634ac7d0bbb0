import type { Attachment, MediaKind } from "@tertulia/core";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../frame/composer/use-composer.ts";

const file = (kind: MediaKind): Attachment => ({
  id: 1, token: "t", name: "n", content_type: "x/y", kind, size_bytes: 1, width: null, height: null, url: "/files/t/n", thumbnail_url: null, state: "ready", problem: null,
});

describe("contentOf", () => {
  it.each([
    [[], { type: "text", text: "caption" }],
    [["image"], { type: "image", text: "caption" }],
    [["image", "image"], { type: "image", text: "caption" }],
    [["image", "audio"], { type: "file", text: "caption" }],
  ] as const)("%j", (kinds, expected) => {
    expect(contentOf("caption", kinds.map(file))).toEqual(expected);
  });
});
