/** One message of every kind that a team can send. */

import type { Attachment } from "@tertulia/core";
import type { NewMessage } from "./room.ts";

export const PICTURE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 640 400"><rect width="640" height="400" fill="#dbe4ff"/><circle cx="470" cy="120" r="60" fill="#ffd8a8"/><path d="M0 400l190-210 150 160 90-90 210 140z" fill="#748ffc"/></svg>`;

function attachment(kind: Attachment["kind"], name: string, content_type: string): Attachment {
  const url = `/files/sample-${kind}/${encodeURIComponent(name)}`;
  const isImage = kind === "image";
  const size = { width: isImage ? 640 : null, height: isImage ? 400 : null };
  return { id: 1, token: `sample-${name}`, name, content_type, kind, size_bytes: 248_300, ...size, url, thumbnail_url: isImage ? url : null, state: "ready", problem: null };
}

export const SAMPLES: readonly NewMessage[] = [
  { content: { type: "text", text: "Good morning! Of course, see https://example.com/orders/1042 or write to orders@example.com." } },
  {
    content: {
      type: "buttons",
      text: "What is it about?",
      buttons: [
        { id: "delivery", title: "Delivery", url: null },
        { id: "return", title: "Return or exchange", url: null },
        { id: "terms", title: "Read our terms", url: "https://example.com/terms" },
      ],
    },
  },
  {
    content: { type: "image", text: "This is the lamp in our showroom." },
    attachments: [attachment("image", "lamp.svg", "image/svg+xml")],
  },
  {
    content: { type: "file", text: "" },
    attachments: [attachment("file", "Invoice 1042 for the long hallway lamp.pdf", "application/pdf")],
  },
  {
    content: {
      type: "cards",
      cards: [
        {
          title: "Lamp Aurora",
          subtitle: "Warm light, 40 cm",
          image_url: null,
          buttons: [{ id: "aurora", title: "Choose", url: null }],
        },
        {
          title: "Chair Nido",
          subtitle: "Oak and wool",
          image_url: null,
          buttons: [{ id: "nido", title: "Choose", url: null }],
        },
      ],
    },
  },
  {
    content: {
      type: "form",
      title: "Where should we deliver?",
      fields: [
        { key: "city", label: "City", kind: "text", required: true, options: [] },
        { key: "slot", label: "When", kind: "select", required: true, options: ["Morning", "Afternoon", "Evening"] },
        { key: "call", label: "Call me before delivery", kind: "checkbox", required: false, options: [] },
      ],
    },
  },
  { content: { type: "location", latitude: 38.7139, longitude: -9.1394, title: "Our shop", address: "Rua Augusta 24, Lisbon" } },
  { content: { type: "contact", name: "Ivan Petrov", phones: ["+351 912 345 678"], emails: ["ivan@example.com"] } },
  { content: { type: "audio", text: "" }, attachments: [attachment("audio", "note.ogg", "audio/ogg")] },
  { content: { type: "video", text: "How to mount it" }, attachments: [attachment("video", "mount.mp4", "video/mp4")] },
  { content: { type: "sticker", text: "🎉" }, attachments: [attachment("image", "sticker.svg", "image/svg+xml")] },
  { content: { type: "template", name: "shipped", language: "en", parameters: {}, text: "Your order 1042 has left our warehouse." } },
  {
    content: {
      type: "email",
      subject: "Your return",
      text: "Dear Ana,\n\nthe label is attached.",
      html: null,
      from: "shop@example.com",
      to: ["ana@example.com"],
      cc: [],
    },
  },
  { content: { type: "unsupported", kind: "poll", text: "" } },
];
