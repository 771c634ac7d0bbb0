// Asks with buttons, and goes on when one was tapped: the tap comes as an update of the bot's own message.
import { createServer } from "node:http";

const { CHATWOOT_URL, CHATWOOT_ACCOUNT_ID, CHATWOOT_BOT_TOKEN, PORT } = process.env;

const ITEMS = [
  { title: "Chairs", value: "chairs" },
  { title: "Tables", value: "tables" },
];

async function say(conversation, message) {
  const path = `/api/v1/accounts/${CHATWOOT_ACCOUNT_ID}/conversations/${conversation}/messages`;
  const response = await fetch(CHATWOOT_URL + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Api-Access-Token": CHATWOOT_BOT_TOKEN },
    body: JSON.stringify(message),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

async function handle(event) {
  const conversation = event.conversation?.id;
  const chosen = event.content_attributes?.submitted_values?.[0];
  if (event.event === "message_created" && event.message_type === "incoming") {
    if (event.content_attributes?.in_reply_to) return;
    const content_attributes = { items: ITEMS };
    await say(conversation, { content: "What do you look for?", content_type: "input_select", content_attributes });
  } else if (event.event === "message_updated" && chosen) {
    await say(conversation, { content: `Here are our ${chosen.value}.` });
  }
}

createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  try {
    if (request.method === "POST") await handle(JSON.parse(body));
    response.writeHead(200).end();
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}).listen(Number(PORT), "127.0.0.1");
