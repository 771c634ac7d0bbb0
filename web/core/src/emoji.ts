/** A small set of emoji for pickers and reactions; screen readers know their names, so no texts are needed. */

export interface EmojiGroup {
  readonly key: "smileys" | "gestures" | "hearts" | "things";
  readonly emoji: readonly string[];
}

export const QUICK_REACTIONS: readonly string[] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export const EMOJI_GROUPS: readonly EmojiGroup[] = [
  {
    key: "smileys",
    emoji: split("😀 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😎 🤩 🤔 🤗 🤭 😐 🙄 😏 😴 😌 😕 😟 😢 😭 😤 😡 😱 😳 🥳 🥺 🤯 🤝"),
  },
  {
    key: "gestures",
    emoji: split("👍 👎 👌 ✌️ 🤞 👏 🙌 🙏 💪 👋 🤙 👀 👉 👈 ☝️ 🫶"),
  },
  {
    key: "hearts",
    emoji: split("❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 ✨ ⭐ 🔥 🎉 🎁 🌸 ☀️"),
  },
  {
    key: "things",
    emoji: split("✅ ❌ ❓ ❗ ⏰ 📅 📎 📦 🚚 🛒 💳 💰 🏠 🚗 ✈️ 📱 💻 📞 ✉️ 🔒 🔑 💡 ⚠️ ☕"),
  },
];

function split(list: string): string[] {
  return list.split(" ");
}
