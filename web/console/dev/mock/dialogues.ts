/** Conversations that look like real ones: who, where from, and what was said. `in` is the customer. */
export interface Line {
  from: "in" | "out" | "note";
  text: string;
  extra?: "image" | "file" | "location" | "buttons" | "reply" | "rejected" | "uncertain" | "form";
}

export interface Dialogue {
  name: string;
  email: string | null;
  page: string;
  labels: string[];
  priority: "none" | "low" | "medium" | "high" | "urgent";
  lines: Line[];
}

export const dialogues: Dialogue[] = [
  {
    name: "Beatriz Carvalho", email: "beatriz.carvalho@example.com", page: "Café em grão, 1 kg", labels: ["pedido"], priority: "high",
    lines: [
      { from: "in", text: "Boa tarde! Meu pedido #48213 ainda não chegou e a previsão era ontem." },
      { from: "out", text: "Boa tarde, Beatriz! Vou verificar com a transportadora agora mesmo." },
      { from: "note", text: "Tracking shows it left the hub in Campinas this morning. Offer free shipping on the next order if it slips again." },
      { from: "out", text: "Seu pedido saiu hoje cedo de Campinas e deve chegar até amanhã às 18h." },
      { from: "in", text: "Ótimo, obrigada! Vocês podem me mandar o código de rastreio?" },
      { from: "out", text: "Claro: https://rastreio.example.com/BR48213 — qualquer coisa estou por aqui.", extra: "reply" },
      { from: "in", text: "Perfeito 😊" },
      { from: "in", text: "Só mais uma coisa: dá para trocar o endereço de entrega?", extra: "location" },
    ],
  },
  {
    name: "Дмитрий Лебедев", email: "d.lebedev@example.com", page: "Возврат и обмен", labels: ["возврат"], priority: "medium",
    lines: [
      { from: "in", text: "Здравствуйте! Пришла кофемолка, но корпус треснул. Как оформить возврат?" },
      { from: "in", text: "Вот фото", extra: "image" },
      { from: "out", text: "Здравствуйте, Дмитрий! Очень жаль, что так вышло. Оформим замену — курьер заберёт старую при доставке новой." },
      { from: "in", text: "Отлично. А когда ждать?" },
      { from: "out", text: "Завтра с 10 до 14. Вам удобно?", extra: "buttons" },
    ],
  },
  {
    name: "Hannah Whitfield", email: "hannah@whitfield.example", page: "Pricing", labels: ["billing", "vip"], priority: "urgent",
    lines: [
      { from: "in", text: "Hi, we were charged twice this month. Invoice 2041 and 2042 are for the same seats." },
      { from: "note", text: "Confirmed in Stripe: second charge came from the plan switch on the 3rd. Refund needs a supervisor." },
      { from: "out", text: "Hi Hannah, thank you for telling us. I can see both charges and have asked for a refund of invoice 2042." },
      { from: "out", text: "Here is the corrected invoice for your records.", extra: "file" },
      { from: "in", text: "Thanks, that was quick. How long until it shows up on our side?" },
    ],
  },
  {
    name: "Marcos Teixeira", email: null, page: "Assinaturas", labels: [], priority: "none",
    lines: [
      { from: "in", text: "Oi, consigo pausar a assinatura em dezembro?" },
      { from: "out", text: "Oi, Marcos! Consegue sim, por até três meses, na sua página de assinatura." },
      { from: "in", text: "Show, valeu!" },
    ],
  },
  {
    name: "Ольга Мельникова", email: "olga.m@example.com", page: "Доставка", labels: ["доставка"], priority: "low",
    lines: [
      { from: "in", text: "Добрый день, доставляете ли вы в Тверь?" },
      { from: "out", text: "Добрый день! Да, два-три дня, от 350 ₽." },
      { from: "in", text: "А можно оплатить при получении?" },
    ],
  },
  {
    name: "Visitor 7c1f", email: null, page: "Home", labels: [], priority: "none",
    lines: [{ from: "in", text: "hello, is anyone there?" }],
  },
  {
    name: "Thomas Okafor", email: "thomas.okafor@example.com", page: "API reference", labels: ["technical"], priority: "medium",
    lines: [
      { from: "in", text: "The webhook signature check fails on our side since yesterday. Did the format change?" },
      { from: "out", text: "Nothing changed on our side. Could you send me the headers of one delivery?", extra: "rejected" },
      { from: "in", text: "webhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W\nwebhook-timestamp: 1674087231\nwebhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=" },
      { from: "note", text: "They compare against the raw body after a JSON round trip. Classic." },
      { from: "out", text: "Thank you. The body must be the raw bytes: verify before you parse the JSON.", extra: "uncertain" },
    ],
  },
  {
    name: "Larissa Nogueira", email: "larissa.n@example.com", page: "Contato", labels: ["pedido"], priority: "none",
    lines: [
      { from: "in", text: "Nome: Larissa\nAssunto: troca de tamanho", extra: "form" },
      { from: "out", text: "Olá, Larissa! Qual tamanho você gostaria?" },
      { from: "in", text: "M, por favor. Comprei o P sem querer 😅" },
      { from: "out", text: "Sem problema, já deixei a troca pronta. Você recebe a etiqueta por e-mail." },
    ],
  },
];

export const names = [
  "Ana Souza", "Иван Петров", "George Hall", "Camila Rocha", "Елена Смирнова", "Priya Raman", "João Batista", "Мария Козлова",
  "Sofia Almeida", "Алексей Волков", "Emma Clarke", "Rafael Lima", "Наталья Орлова", "Oliver Brandt", "Patrícia Gomes", "Сергей Никитин",
];
