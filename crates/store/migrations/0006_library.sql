-- What a team keeps beside its conversations: canned responses, what attributes mean, saved filters.

CREATE TABLE canned_responses (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    short_code TEXT NOT NULL,
    content TEXT NOT NULL,
    -- Both without case and accents, so that a search finds the same on every engine.
    folded_code TEXT NOT NULL,
    folded_content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (account_id, short_code)
);

CREATE TABLE attribute_definitions (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    subject TEXT NOT NULL CHECK (subject IN ('conversation', 'contact')),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'currency', 'percent', 'link', 'date', 'list', 'checkbox')),
    choices {json} NOT NULL,
    pattern TEXT,
    cue TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (account_id, subject, key)
);

CREATE TABLE saved_filters (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    subject TEXT NOT NULL CHECK (subject IN ('conversation', 'contact')),
    name TEXT NOT NULL,
    query {json} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX saved_filters_by_user ON saved_filters (account_id, user_id, id);
