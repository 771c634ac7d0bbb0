/** Settings: one page per noun, loaded when it is opened. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readProblem } from "../features/session/provider-problem.ts";
import { appRoute } from "./app.tsx";

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-layout.tsx"), "SettingsLayout"),
});
const parent = { getParentRoute: () => settingsRoute } as const;

const index = createRoute({
  ...parent,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile", replace: true });
  },
});
const profile = createRoute({
  ...parent,
  path: "profile",
  validateSearch: readProblem,
  component: lazyRouteComponent(() => import("../features/settings/profile/profile-page.tsx"), "ProfilePage"),
});
const account = createRoute({
  ...parent,
  path: "account",
  component: lazyRouteComponent(() => import("../features/settings/account/account-page.tsx"), "AccountPage"),
});
const inboxes = createRoute({
  ...parent,
  path: "inboxes",
  component: lazyRouteComponent(() => import("../features/settings/inboxes/inboxes-page.tsx"), "InboxesPage"),
});
const inbox = createRoute({
  ...parent,
  path: "inboxes/$inboxId",
  params: {
    parse: ({ inboxId }) => ({ inboxId: Number(inboxId) }),
    stringify: ({ inboxId }) => ({ inboxId: String(inboxId) }),
  },
  component: lazyRouteComponent(() => import("../features/settings/inboxes/inbox-page.tsx"), "InboxPage"),
});
const users = createRoute({
  ...parent,
  path: "users",
  component: lazyRouteComponent(() => import("../features/settings/users/users-page.tsx"), "UsersPage"),
});
const teams = createRoute({
  ...parent,
  path: "teams",
  component: lazyRouteComponent(() => import("../features/settings/teams/teams-page.tsx"), "TeamsPage"),
});
const labels = createRoute({
  ...parent,
  path: "labels",
  component: lazyRouteComponent(() => import("../features/settings/labels/labels-page.tsx"), "LabelsPage"),
});
const apps = createRoute({
  ...parent,
  path: "apps",
  component: lazyRouteComponent(() => import("../features/settings/apps/apps-page.tsx"), "AppsPage"),
});
const app = createRoute({
  ...parent,
  path: "apps/$appId",
  params: {
    parse: ({ appId }) => ({ appId: Number(appId) }),
    stringify: ({ appId }) => ({ appId: String(appId) }),
  },
  component: lazyRouteComponent(() => import("../features/settings/apps/app-page.tsx"), "AppPage"),
});
const cannedResponses = createRoute({
  ...parent,
  path: "canned-responses",
  component: lazyRouteComponent(() => import("../features/settings/canned-responses/canned-responses-page.tsx"), "CannedResponsesPage"),
});
const tokens = createRoute({
  ...parent,
  path: "tokens",
  component: lazyRouteComponent(() => import("../features/settings/tokens/tokens-page.tsx"), "TokensPage"),
});
const webhooks = createRoute({
  ...parent,
  path: "webhooks",
  component: lazyRouteComponent(() => import("../features/settings/webhooks/webhooks-page.tsx"), "WebhooksPage"),
});
const webhook = createRoute({
  ...parent,
  path: "webhooks/$webhookId",
  params: {
    parse: ({ webhookId }) => ({ webhookId: Number(webhookId) }),
    stringify: ({ webhookId }) => ({ webhookId: String(webhookId) }),
  },
  component: lazyRouteComponent(() => import("../features/settings/webhooks/webhook-page.tsx"), "WebhookPage"),
});

export const settingsRoutes = settingsRoute.addChildren([index, profile, account, inboxes, inbox, users, teams, labels, cannedResponses, apps, app, tokens, webhooks, webhook]);
