-- The core: accounts, people, inboxes, contacts, rooms, conversations, messages, the journal, jobs.
-- Times are microseconds since the epoch. `{id}`, `{json}`, `{bytes}`, `{xid}` are filled in per engine.

CREATE TABLE accounts (
    id {id},
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    conversation_policy TEXT NOT NULL CHECK (conversation_policy IN ('contact', 'contact_inbox')),
    last_conversation_number BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id {id},
    -- Lower case; the sign-in name.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    -- NULL: signs in by OpenID Connect only, or has not chosen one yet.
    password_hash TEXT,
    totp_secret TEXT,
    totp_enabled_at BIGINT,
    -- The last accepted time step: a code works once.
    totp_last_step BIGINT NOT NULL DEFAULT 0,
    recovery_hashes {json} NOT NULL DEFAULT '[]',
    created_at BIGINT NOT NULL
);

CREATE TABLE user_oidc (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
);

CREATE TABLE oidc_logins (
    state_hash TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    -- Who was signed in already.
    link_to BIGINT,
    expires_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'supervisor', 'agent')),
    active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (account_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

CREATE TABLE sessions (
    id {id},
    token_hash TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    current_account BIGINT NOT NULL REFERENCES accounts (id),
    user_agent TEXT NOT NULL,
    ip TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- One-time links: set-up, password reset.
CREATE TABLE one_time_tokens (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'password_reset')),
    user_id BIGINT,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE tokens (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES users (id),
    token_hash TEXT NOT NULL UNIQUE,
    scopes {json} NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX tokens_by_account ON tokens (account_id, id);

CREATE TABLE invitations (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'supervisor', 'agent')),
    token_hash TEXT NOT NULL UNIQUE,
    invited_by BIGINT NOT NULL REFERENCES users (id),
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_account ON invitations (account_id, id);

CREATE TABLE teams (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (account_id, name)
);

CREATE TABLE team_members (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_by_user ON team_members (account_id, user_id);

CREATE TABLE labels (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (account_id, name)
);

CREATE TABLE inboxes (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('widget', 'api')),
    enabled BOOLEAN NOT NULL DEFAULT TRUE,
    -- Random; the address of the inbox's hook.
    hook_token TEXT NOT NULL UNIQUE,
    -- Random; the address of the widget. NULL for other channels.
    widget_key TEXT UNIQUE,
    -- Signs what goes out and proves what comes in.
    secret TEXT NOT NULL,
    -- Proves who a visitor is.
    identity_secret TEXT NOT NULL,
    reopen_window_secs BIGINT NOT NULL,
    greeting TEXT NOT NULL,
    settings {json} NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX inboxes_by_account ON inboxes (account_id, id);

CREATE TABLE inbox_members (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    PRIMARY KEY (inbox_id, user_id)
);
CREATE INDEX inbox_members_by_user ON inbox_members (account_id, user_id);

CREATE TABLE contacts (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    locale TEXT,
    verified BOOLEAN NOT NULL DEFAULT FALSE,
    attributes {json} NOT NULL DEFAULT '{}',
    blocked_at BIGINT,
    merged_into BIGINT,
    erased_at BIGINT,
    last_seen_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX contacts_by_account ON contacts (account_id, id);
CREATE INDEX contacts_by_email ON contacts (account_id, email) WHERE email IS NOT NULL;
CREATE INDEX contacts_by_phone ON contacts (account_id, phone) WHERE phone IS NOT NULL;

CREATE TABLE identities (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id),
    contact_id BIGINT NOT NULL REFERENCES contacts (id),
    address TEXT NOT NULL,
    verified BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    UNIQUE (inbox_id, address)
);
CREATE INDEX identities_by_contact ON identities (account_id, contact_id);

-- What an erased person's addresses hashed to, so that a late redelivery does not bring them back.
CREATE TABLE tombstones (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    inbox_id BIGINT NOT NULL,
    address_hash TEXT NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (inbox_id, address_hash)
);

CREATE TABLE visitor_tokens (
    token_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    identity_id BIGINT NOT NULL,
    -- The page that the visitor is on, as {"url", "title", "referrer"}.
    page {json},
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX visitor_tokens_by_identity ON visitor_tokens (account_id, identity_id);

CREATE TABLE contact_labels (
    account_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    label_id BIGINT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (contact_id, label_id)
);
CREATE INDEX contact_labels_by_label ON contact_labels (label_id, contact_id);

CREATE TABLE rooms (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'team')),
    contact_id BIGINT,
    last_seq BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX rooms_by_contact ON rooms (account_id, contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE conversations (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    number BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    channel TEXT NOT NULL,
    -- What must be unique while open: 'c' or 'c:<inbox>', by the account's policy.
    open_key TEXT,
    holder TEXT NOT NULL CHECK (holder IN ('nobody', 'app', 'agent')),
    holder_id BIGINT,
    epoch BIGINT NOT NULL DEFAULT 0,
    status TEXT NOT NULL CHECK (status IN ('pending', 'open', 'snoozed', 'resolved')),
    priority TEXT NOT NULL CHECK (priority IN ('none', 'low', 'medium', 'high', 'urgent')),
    assignee_id BIGINT,
    team_id BIGINT,
    snoozed_until BIGINT,
    resolved_at BIGINT,
    waiting_since BIGINT,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    customer_messages BIGINT NOT NULL DEFAULT 0,
    last_customer_seq BIGINT NOT NULL DEFAULT 0,
    agent_read_seq BIGINT NOT NULL DEFAULT 0,
    contact_read_seq BIGINT NOT NULL DEFAULT 0,
    -- The newest message that is not an activity: what a list shows.
    preview_seq BIGINT NOT NULL DEFAULT 0,
    attributes {json} NOT NULL DEFAULT '{}',
    origin {json},
    last_activity_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversations_open ON conversations (contact_id, open_key) WHERE open_key IS NOT NULL;
CREATE UNIQUE INDEX conversations_by_number ON conversations (account_id, number);
CREATE INDEX conversations_by_room ON conversations (room_id, id);
CREATE INDEX conversations_by_contact ON conversations (contact_id, id);
CREATE INDEX conversations_counts ON conversations (account_id, status, assignee_id, inbox_id);
CREATE INDEX conversations_by_activity ON conversations (account_id, last_activity_at, id);
CREATE INDEX conversations_by_status ON conversations (account_id, status, last_activity_at, id);
-- Without the time, so that a message into a conversation does not touch it.
CREATE INDEX conversations_by_assignee ON conversations (account_id, assignee_id, status, inbox_id);
CREATE INDEX conversations_waiting ON conversations (account_id, waiting_since, id) WHERE waiting_since IS NOT NULL;

CREATE TABLE conversation_labels (
    account_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    label_id BIGINT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (conversation_id, label_id)
);
CREATE INDEX conversation_labels_by_label ON conversation_labels (label_id, conversation_id);

CREATE TABLE channel_sessions (
    id {id},
    account_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    channel TEXT NOT NULL,
    identity_id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'ended')),
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    UNIQUE (conversation_id, identity_id)
);

CREATE TABLE participants (
    id {id},
    account_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'bot', 'agent', 'app', 'controller')),
    principal_id BIGINT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('primary', 'assistant', 'monitor', 'whisper')),
    joined_at BIGINT NOT NULL,
    left_at BIGINT,
    UNIQUE (conversation_id, kind, principal_id)
);

CREATE TABLE messages (
    id {id},
    account_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    session_id BIGINT,
    seq BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'note', 'activity')),
    sender_kind TEXT NOT NULL CHECK (sender_kind IN ('customer', 'agent', 'bot', 'app', 'system')),
    sender_id BIGINT,
    sender_name TEXT NOT NULL,
    content {json} NOT NULL,
    text TEXT NOT NULL,
    reply_to_id BIGINT,
    client_id TEXT,
    external_id TEXT,
    attachment_count BIGINT NOT NULL DEFAULT 0,
    reactions {json},
    delivery_status TEXT CHECK (delivery_status IN ('queued', 'sending', 'sent', 'delivered', 'read', 'rejected', 'expired', 'canceled', 'uncertain')),
    delivery_code TEXT,
    delivery_detail TEXT,
    delivery_at BIGINT,
    -- The provider's clock; kept, never trusted for order.
    sent_at BIGINT,
    edited_at BIGINT,
    deleted_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_by_seq ON messages (room_id, seq);
CREATE UNIQUE INDEX messages_by_client ON messages (room_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_external ON messages (inbox_id, external_id) WHERE external_id IS NOT NULL;

-- Provider events that were taken in: the unique key is what makes redelivery harmless.
CREATE TABLE receipts (
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    event_key TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (inbox_id, event_key)
);

-- Edits, deletes, reactions and receipts that came before their message: applied when it comes.
CREATE TABLE parked (
    id {id},
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    external_id TEXT NOT NULL,
    item {json} NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX parked_by_message ON parked (inbox_id, external_id, id);
CREATE INDEX parked_by_age ON parked (received_at);

-- Input that could not be read: kept and shown, never dropped.
CREATE TABLE quarantine (
    id {id},
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    body {bytes} NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX quarantine_by_account ON quarantine (account_id, id);

CREATE TABLE attachments (
    id {id},
    account_id BIGINT NOT NULL,
    message_id BIGINT,
    -- Who uploaded it, as 'user:7' or 'identity:9': only they may tie it to a message.
    owner TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    blob_key TEXT NOT NULL,
    thumbnail_key TEXT,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'audio', 'video', 'file')),
    size_bytes BIGINT NOT NULL,
    width_px BIGINT,
    height_px BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX attachments_by_message ON attachments (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachments_loose ON attachments (created_at) WHERE message_id IS NULL;

CREATE TABLE reads (
    account_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    -- Customer messages of the conversation up to `seq`: unread is a difference, not a count over rows.
    customer_messages BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);

CREATE TABLE drafts (
    account_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    visibility TEXT NOT NULL,
    reply_to_id BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);

-- The journal: the account's feed and its audit trail in one, written in the transaction of the change.
CREATE TABLE events (
    id {id},
    account_id BIGINT NOT NULL,
    -- The writing transaction (PostgreSQL): readers stop below the oldest one that still runs.
    xid {xid},
    kind TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('staff', 'everyone')),
    room_id BIGINT,
    conversation_id BIGINT,
    inbox_id BIGINT,
    -- The user or session that the event is about, for closing sockets at once.
    subject_id BIGINT,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('system', 'user', 'token', 'contact', 'inbox', 'app')),
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    reason TEXT,
    request_id TEXT,
    data {json} NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX events_by_account ON events (account_id, id);
CREATE INDEX events_by_room ON events (room_id, id) WHERE room_id IS NOT NULL;

CREATE TABLE idempotency_keys (
    account_id BIGINT NOT NULL,
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer {json},
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, principal, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE webhooks (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Event types, or ["*"].
    events {json} NOT NULL,
    secret TEXT NOT NULL,
    -- Signs too until it expires, so that a rotation needs no downtime.
    previous_secret TEXT,
    previous_expires_at BIGINT,
    enabled BOOLEAN NOT NULL DEFAULT TRUE,
    -- Gets what happens from then on.
    enabled_at BIGINT NOT NULL,
    failing_since BIGINT,
    last_failure_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhooks_by_account ON webhooks (account_id, id);

CREATE TABLE deliveries (
    id {id},
    account_id BIGINT NOT NULL,
    webhook_id BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id BIGINT NOT NULL,
    event_type TEXT NOT NULL,
    conversation_id BIGINT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
    attempts BIGINT NOT NULL DEFAULT 0,
    response_status BIGINT,
    response_body TEXT,
    error TEXT,
    duration_ms BIGINT,
    next_attempt_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX deliveries_by_webhook ON deliveries (webhook_id, id);
CREATE UNIQUE INDEX deliveries_by_event ON deliveries (event_id, webhook_id);
CREATE INDEX deliveries_by_age ON deliveries (created_at) WHERE status <> 'pending';

CREATE TABLE jobs (
    id {id},
    account_id BIGINT,
    kind TEXT NOT NULL,
    -- One lane runs one job at a time, in order of id. NULL: no order.
    lane TEXT,
    -- Jobs of one pool share a few hands, so that a slow one cannot take them all. NULL: none.
    pool TEXT,
    payload {json} NOT NULL,
    -- Not before: when it is due, or when the lease of the runner that holds it ends.
    run_at BIGINT NOT NULL,
    -- Stands behind another job of its lane.
    waits BOOLEAN NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease TEXT,
    -- Given up on; kept to be seen.
    dead_at BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE dead_at IS NULL AND NOT waits;
CREATE INDEX jobs_by_lane ON jobs (lane, id) WHERE lane IS NOT NULL AND dead_at IS NULL;
CREATE INDEX jobs_dead ON jobs (account_id, id) WHERE dead_at IS NOT NULL;

-- How far each follower of the journal has come; moved in the transaction of what it did.
CREATE TABLE followers (
    name TEXT PRIMARY KEY,
    cursor TEXT NOT NULL
);

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
